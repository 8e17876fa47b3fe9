package org.katagrade.agent.race;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Code of the detector that runs inside the program's: whatever it throws goes to {@link Faults},
 * and the program goes on. Such a method returns nothing, or its first argument. In the build,
 * {@link org.katagrade.agent.weave.Shield} adds the handler, which costs nothing until something is
 * thrown, and takes the annotation away.
 *
 * <p>Not for methods in which the program's own exceptions pass.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Guarded {}
