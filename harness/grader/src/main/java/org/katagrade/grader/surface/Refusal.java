package org.katagrade.grader.surface;

import org.katagrade.checks.evidence.Frame;

/**
 * A use of something that a submission may not use.
 *
 * @param sentence what is used, and why it may not be
 * @param at where; the line is -1 if it is not known
 */
public record Refusal(String sentence, Frame at) {}
