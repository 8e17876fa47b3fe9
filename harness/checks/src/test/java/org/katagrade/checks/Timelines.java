package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads histories that are drawn: a line for each thread, {@code [take() 1]} for a call that lasts
 * from bracket to bracket, and no closing bracket for one that has not returned.
 */
final class Timelines {

  private static final Pattern CALL = Pattern.compile("\\[(\\w+\\([^()]*\\)) *(\\w+)? *(]|$)");

  private Timelines() {}

  /** The calls of a drawing, in the order in which they began. */
  static List<Call> of(Class<?> operations, String drawing) {
    Scenarios scenarios = new Scenarios(operations);
    List<Call> calls = new ArrayList<>();
    List<String> lines = drawing.lines().toList();
    for (int thread = 0; thread < lines.size(); thread++) {
      Matcher call = CALL.matcher(lines.get(thread));
      while (call.find()) {
        calls.add(
            new Call(
                thread,
                scenarios.calls(call.group(1)).getFirst(),
                call.start(),
                call.group(2) == null ? Call.NEVER : call.end(),
                call.group(2)));
      }
    }
    calls.sort(Comparator.comparingInt(Call::begun));
    return calls;
  }
}
