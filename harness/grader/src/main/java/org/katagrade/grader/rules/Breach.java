package org.katagrade.grader.rules;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;

/**
 * A place where a submission breaks a rule.
 *
 * @param rule the rule's id, in kebab case; never changes
 * @param sentence the rule as a student reads it: lower case, no full stop
 * @param advice what to do instead, if that is not in the sentence already
 * @param costsPoints whether breaking it is always wrong; otherwise it is advice
 * @param at the student's line
 */
public record Breach(
    String rule, String sentence, @Nullable String advice, boolean costsPoints, Frame at) {}
