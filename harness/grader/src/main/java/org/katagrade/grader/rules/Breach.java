package org.katagrade.grader.rules;
import org.katagrade.checks.evidence.Frame;
public record Breach(String rule, String sentence, boolean costsPoints, Frame at) {}
