package org.katagrade.agent.explored;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A program that ends well, and without a data race, in every schedule. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sound {

  /** What keeps it right. */
  String value();

  /** Whether it takes so long in real time that only the explorer runs it. */
  boolean takesHours() default false;
}
