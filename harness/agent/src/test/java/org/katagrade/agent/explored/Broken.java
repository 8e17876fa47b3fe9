package org.katagrade.agent.explored;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.katagrade.agent.explore.Ending;

/**
 * A program that ends badly in some schedule, and never in another bad way than these. One with
 * {@link Ending.Raced} among them takes the race detector to be found: that is its only fault, or
 * what else goes wrong does so within a step.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Broken {

  /** How it may end, besides well. */
  Class<? extends Ending>[] value();
}
