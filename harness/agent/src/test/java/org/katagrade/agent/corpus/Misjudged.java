package org.katagrade.agent.corpus;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A program that the detector is known to get wrong; the corpus fails once it no longer does. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Misjudged {

  /** What it does not know. */
  String value();
}
