package org.katagrade.agent.libraries;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A race as a report tells of it, less what differs from run to run.
 *
 * @param variable a field with its class, or a type; of an array, whichever element
 * @param methods where the two accesses are
 */
record ReportedRace(String variable, Set<String> methods) {

  private static final Pattern REPORT =
      Pattern.compile(
          "WARNING: DATA RACE\n(?:Read|Write) of (.+) by thread '.*'\n    at (.+)\\(.*\n"
              + "(?:    at .*\n)*\nPrevious (?:read|write) of .*\n    at (.+)\\(");
  private static final Pattern PLACE_IN_AN_ARRAY = Pattern.compile("(?:\\[\\d+])?, element \\d+");

  ReportedRace {
    methods = Set.copyOf(methods);
  }

  /** All that a detector wrote. */
  static List<ReportedRace> in(String reports) {
    List<ReportedRace> races = new ArrayList<>();
    Matcher report = REPORT.matcher(reports);
    while (report.find()) {
      races.add(
          new ReportedRace(
              PLACE_IN_AN_ARRAY.matcher(report.group(1)).replaceAll("[]"),
              Stream.of(report.group(2), report.group(3))
                  .map(ReportedRace::withoutPackage)
                  .collect(Collectors.toSet())));
    }
    return races;
  }

  private static String withoutPackage(String method) {
    String type = method.substring(0, method.lastIndexOf('.'));
    return method.substring(type.lastIndexOf('.') + 1);
  }
}
