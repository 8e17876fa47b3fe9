package org.katagrade.grader.surface;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why something is not allowed, in words for whoever used it; {@code refused.txt} has them. */
final class Reasons {

  private final Map<String, String> byPattern = new LinkedHashMap<>();

  private Reasons() {}

  static Reasons parse(String text) {
    Reasons reasons = new Reasons();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 2))
        .forEach(parts -> reasons.byPattern.put(parts[0], parts[1]));
    return reasons;
  }

  /** Why this member is not allowed; empty if there is nothing in particular to say. */
  String of(Member member) {
    String type = member.owner().replace('$', '.');
    return find(type, type + "." + member.listed());
  }

  /** Why this class is not allowed; empty if there is nothing in particular to say. */
  String of(String type) {
    return find(type.replace('$', '.'), "");
  }

  private String find(String type, String member) {
    for (Map.Entry<String, String> each : byPattern.entrySet()) {
      String pattern = each.getKey();
      boolean fits =
          pattern.endsWith(".*")
              ? type.startsWith(pattern.substring(0, pattern.length() - 1))
              : pattern.equals(member) || pattern.equals(type) || type.startsWith(pattern + ".");
      if (fits) {
        return each.getValue();
      }
    }
    return "";
  }
}
