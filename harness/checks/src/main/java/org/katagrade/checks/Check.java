package org.katagrade.checks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * One promise of a kata that is graded.
 *
 * <p>The method's name is the check's id: its key in reports and the name of its folder of mutants.
 * The method takes no parameters, may throw anything, and is called on a new instance of its class.
 * It is a JUnit test as well, so that an author runs it from an IDE with a breakpoint.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
public @interface Check {

  /** Points won when the promise is kept, 1 or more. */
  int points();

  /** The promise as a student reads it: lower case, no full stop. */
  String title();

  /** A question or a nudge shown when the check fails; empty for none. */
  String hint() default "";

  /**
   * Ids of checks that must have passed for this one to be worth anything.
   *
   * <p>Freedom from leaks, say, earns nothing for a program that does nothing.
   */
  String[] needs() default {};

  /** Whether the points come on top of 100: a stretch promise. */
  boolean bonus() default false;
}
