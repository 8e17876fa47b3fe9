package org.katagrade.grader.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a test whose lines say which rules they break: {@code // breaks sleep}.
 *
 * <p>Every line that does not say so must break none, so right and wrong stand side by side.
 */
final class Marked {

  private static final Pattern MARK = Pattern.compile("// breaks ([a-z-]+)");

  private static final String HEAD =
      """
      package kata01;
      import java.io.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;
      import java.util.concurrent.locks.*;
      """;

  private Marked() {}

  /** Checks members of class Solution. */
  static void members(String members, String... forbidden) {
    program("public class Solution {\n" + members + "}\n", forbidden);
  }

  /** Checks a whole compilation unit, of which package and imports are given. */
  static void program(String types, String... forbidden) {
    String source = HEAD + types;
    List<String> found =
        RuleBook.check(Compiled.solution(source), List.of(forbidden)).stream()
            .map(breach -> breach.at().place() + " " + breach.rule())
            .toList();
    assertThat(found).describedAs(source).containsExactlyElementsOf(expected(source));
  }

  private static List<String> expected(String source) {
    List<String> lines = source.lines().toList();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher mark = MARK.matcher(lines.get(i));
      while (mark.find()) {
        expected.add("Solution.java:" + (i + 1) + " " + mark.group(1));
      }
    }
    return expected;
  }
}
