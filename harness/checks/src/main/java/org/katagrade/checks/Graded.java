package org.katagrade.checks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the class that holds a kata's hidden checks and sets the points of the two checks that no
 * method stands for. All points of a kata, those of bonus checks aside, sum to 100.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Graded {

  /**
   * Points for freedom from data races, id {@code race}: the checks that need no Lincheck run again
   * under the race detector. 0 leaves that out.
   */
  int race() default 0;

  /** Points for breaking none of the rules that cost points, id {@code rules}. */
  int rules();

  /**
   * Classes, and with a trailing {@code .*} packages, that a submission must not use because they
   * already are the answer, such as {@code java.util.concurrent.Semaphore}.
   */
  String[] forbidden() default {};

  /**
   * What of the JDK a submission may use here beyond what every submission may: classes by their
   * binary names, members as {@code java.lang.System#getProperty}, and packages followed by {@code
   * .*}. Whatever a submission can do with these to the machine, it will.
   */
  String[] allowed() default {};
}
