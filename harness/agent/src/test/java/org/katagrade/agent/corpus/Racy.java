package org.katagrade.agent.corpus;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program with one data race, in every run of it. The lines of its two accesses end in {@code //
 * race: } and the method's name; where both accesses are on the same line, that one does.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Racy {}
