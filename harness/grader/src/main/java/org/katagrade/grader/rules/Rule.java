package org.katagrade.grader.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence about how concurrent code is written, and the pattern that breaks it.
 *
 * @param id names it, in kebab case; never changes
 * @param sentence as a student reads it
 * @param advice what to do instead, if that is not in the sentence already
 * @param costsPoints whether breaking it is always wrong
 * @param pattern how it is broken
 */
record Rule(
    String id, String sentence, @Nullable String advice, boolean costsPoints, Pattern pattern) {

  static Rule costly(String id, String sentence, String advice, Pattern pattern) {
    return new Rule(id, sentence, advice, true, pattern);
  }

  static Rule advising(String id, String sentence, String advice, Pattern pattern) {
    return new Rule(id, sentence, advice, false, pattern);
  }

  List<Breach> breaches(Submission submission) {
    return pattern.places(submission).stream()
        .map(place -> new Breach(id, sentence, advice, costsPoints, place))
        .toList();
  }
}
