package org.katagrade.checks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link Check} that is run again and again under chosen schedules: one thread at a time,
 * who goes on is decided at every step, and time passes only where nobody could go on or by choice.
 * A schedule under which the promise is broken is found by search and can be replayed.
 *
 * <p>Rounds of luck are not needed then, and {@link Effort} gives one, with small crowds. In a
 * quick grade, and from an IDE, the check runs on real threads as any other.
 *
 * <p>It must keep to this: whatever its threads share is made in the check, and nothing is kept
 * outside it, in a static field say; it reads no file, socket or process; it asks {@link Clock} for
 * the time; it waits by the vocabulary or by what the JDK has for waiting; given the same schedule
 * it does the same, so a generator of random numbers has a seed, as that of {@link Effort.Round}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Explored {}
