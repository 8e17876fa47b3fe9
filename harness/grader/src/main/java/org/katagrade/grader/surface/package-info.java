/**
 * What of the JDK a submission may name: read from its compiled bytes before anything of it runs,
 * and refused by default.
 *
 * <p>A list of members decides, {@code allowed.txt}, which gives its reasons. Names of classes
 * alone would not do: a method handle on a superclass needs no forbidden name, and {@code
 * RuntimeException} begins as {@code Runtime} does.
 */
@NullMarked
package org.katagrade.grader.surface;

import org.jspecify.annotations.NullMarked;
