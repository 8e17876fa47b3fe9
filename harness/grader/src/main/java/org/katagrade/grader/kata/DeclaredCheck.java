package org.katagrade.grader.kata;

import java.util.List;

/**
 * A check as its author declared it.
 *
 * @param id the method's name
 * @param model whether it runs Lincheck, and so alone in a JVM
 * @param explored whether it is run under chosen schedules, where there is time for that; with
 *     {@code model} it must pass both
 */
public record DeclaredCheck(
    String id,
    String title,
    int points,
    String hint,
    List<String> needs,
    boolean bonus,
    boolean model,
    boolean explored) {

  /** The id of the check that the agent lane is. */
  public static final String RACE = "race";

  /** The id of what costs points without being run. */
  public static final String RULES = "rules";

  /** The title of what costs points without being run. */
  public static final String RULES_TITLE = "no pattern that is always wrong";

  /** The check that no method stands for: freedom from data races. */
  public static DeclaredCheck race(int points) {
    return new DeclaredCheck(
        RACE,
        "no two threads race for the same data",
        points,
        "Which lock guards this data, and does every access take it, reads too?",
        List.of(),
        false,
        false,
        false);
  }

  public DeclaredCheck {
    needs = List.copyOf(needs);
  }
}
