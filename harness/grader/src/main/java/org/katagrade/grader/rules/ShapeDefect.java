package org.katagrade.grader.rules;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;

/**
 * A reason why the hidden checks cannot use a submission.
 *
 * @param sentence what was expected and what was found
 * @param at the class it is about, near its first line, if there is one
 */
public record ShapeDefect(String sentence, @Nullable Frame at) {}
