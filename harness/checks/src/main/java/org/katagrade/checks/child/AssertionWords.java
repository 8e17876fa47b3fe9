package org.katagrade.checks.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;

/**
 * What an assertion said, in words that need no knowledge of AssertJ: what was expected first, what
 * came instead after it, and no stack traces. Words that are of no known form stay as they are.
 *
 * @param message all of it
 * @param expected what was expected, if the words are of a known form
 * @param actual what came instead, if the words are of a known form
 * @param trace the lines of the exceptions that were written into it, in order
 */
record AssertionWords(
    String message, @Nullable String expected, @Nullable String actual, List<Frame> trace) {

  /** So many of an exception that AssertJ tells of; below those of the JDK stands the student's. */
  static final int MOST_FRAMES = 40;

  private static final Pattern AT =
      Pattern.compile("^\\s+at (?:\\S*/)?(\\S+)\\.([^.\\s(]+)\\(([^:)]*)(?::(\\d+))?\\)$");
  private static final Pattern NOT_DISPLAYED =
      Pattern.compile("setMaxStackTraceElementsDisplayed|^\\s+\\.\\.\\. \\d+ more$");

  private static final Map<String, String> PLAIN_WORDS =
      Map.of(
          "Expecting code to raise a throwable.", "expected an exception, but there was none",
          "Expecting actual not to be null", "expected something, but it was null",
          "Expecting actual not to be empty", "expected something, but it was empty");

  /** Two values, each in lines of its own: {@code Expecting actual: … to be less than: …}. */
  private static final Pattern ACTUAL_FIRST = Pattern.compile("Expecting(?: \\w+)? ?:?");

  private static final Pattern RELATION =
      Pattern.compile("(?:not to|to|and)\\b.*:|not to contain|to be subset of");

  private static final String OF_TYPE = "Expecting actual throwable to be an instance of:";

  private static final Pattern ATOMIC =
      Pattern.compile("Expecting Atomic\\w+[(\\[](.*)[)\\]] to have value:");
  private static final Pattern NOT_EMPTY = Pattern.compile("Expecting empty but was: (.*)");
  private static final Pattern NOT_OTHER = Pattern.compile("Expected not same: (.*)");
  private static final Pattern SIZE = Pattern.compile("Expected size: (\\d+) but was: (\\d+) in:");

  private static final Pattern BOUNDS = Pattern.compile("\\[(\\S+), (\\S+)]");
  private static final Pattern PACKAGE = Pattern.compile("^(?:[a-z]\\w*\\.)+(?=[A-Z])");

  private static final Map<String, UnaryOperator<String>> RELATIONS =
      Map.ofEntries(
          Map.entry("to be less than or equal to:", value -> "at most " + value),
          Map.entry("to be greater than or equal to:", value -> "at least " + value),
          Map.entry("to be less than:", value -> "less than " + value),
          Map.entry("to be greater than:", value -> "more than " + value),
          Map.entry("to be between:", AssertionWords::between),
          Map.entry("and:", value -> value),
          Map.entry("not to be equal to:", value -> "anything but " + value),
          Map.entry("to be an instance of:", value -> "one of type " + simple(value)),
          Map.entry("to contain exactly (and in same order):", value -> value),
          Map.entry("to contain exactly in any order:", value -> value + ", in any order"),
          Map.entry("to contain only:", value -> "only " + value),
          Map.entry("to contain:", value -> value + " among them"),
          Map.entry("not to contain", value -> "none of " + value),
          Map.entry("to be in:", value -> "one of " + value));

  AssertionWords {
    trace = List.copyOf(trace);
  }

  /** The words of this message. */
  static AssertionWords of(String message) {
    List<Frame> trace = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : message.lines().toList()) {
      Matcher at = AT.matcher(line);
      if (at.matches()) {
        if (at.group(4) != null) {
          int number = Integer.parseInt(at.group(4));
          trace.add(new Frame(at.group(1), at.group(2), at.group(3), number));
        }
      } else if (!NOT_DISPLAYED.matcher(line).find()) {
        lines.add(line);
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      Facts facts = facts(lines.get(i).strip(), lines.subList(i + 1, lines.size()));
      if (facts != null) {
        List<String> said = new ArrayList<>(lines.subList(0, i));
        said.removeIf(String::isBlank);
        said.add("expected: " + facts.expected());
        said.add(" but was: " + facts.actual());
        return new AssertionWords(String.join("\n", said), facts.expected(), facts.actual(), trace);
      }
    }
    return new AssertionWords(
        lines.stream()
            .map(line -> PLAIN_WORDS.getOrDefault(line.strip(), line))
            .collect(Collectors.joining("\n")),
        null,
        null,
        trace);
  }

  /** Both sides, if a message of a known form begins with this line. */
  private static @Nullable Facts facts(String first, List<String> rest) {
    Matcher atomic = ATOMIC.matcher(first);
    Matcher notEmpty = NOT_EMPTY.matcher(first);
    Matcher notOther = NOT_OTHER.matcher(first);
    Matcher size = SIZE.matcher(first);
    if (atomic.matches()) {
      return new Facts(value(rest), atomic.group(1));
    } else if (notEmpty.matches()) {
      return new Facts("nothing", notEmpty.group(1) + following(rest));
    } else if (notOther.matches()) {
      return new Facts("another object", "the same: " + notOther.group(1) + following(rest));
    } else if (size.matches()) {
      return new Facts(size.group(1) + " in all", size.group(2) + ":" + following(rest));
    } else if (first.equals(OF_TYPE)) {
      int but = rest.indexOf("but was:");
      return but < 0
          ? null
          : new Facts(
              "an exception of type " + simple(value(rest)),
              simple(value(rest.subList(but + 1, rest.size()))));
    } else if (ACTUAL_FIRST.matcher(first).matches()) {
      return related(rest);
    }
    return null;
  }

  /** A value, how it was to be related to another one, and that one. */
  private static @Nullable Facts related(List<String> rest) {
    for (int i = 1; i < rest.size(); i++) {
      String relation = rest.get(i).stripTrailing();
      if (RELATION.matcher(relation).matches()) {
        List<String> other = rest.subList(i + 1, rest.size());
        UnaryOperator<String> known = RELATIONS.get(relation);
        String actual = value(rest.subList(0, i));
        String expected =
            known == null
                ? relation.replaceFirst(":$", "") + " " + value(other)
                : known.apply(value(other));
        return new Facts(
            expected, actual.equals(expected) ? "another that looks the same" : actual);
      }
    }
    return null;
  }

  /** The value that begins these lines, in one line; all of its lines are indented. */
  private static String value(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> line.startsWith(" ") || line.isEmpty())
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .strip();
  }

  private static String following(List<String> lines) {
    String text = lines.stream().map(String::strip).collect(Collectors.joining(" ")).strip();
    return text.isEmpty() ? "" : " " + text;
  }

  private static String between(String bounds) {
    Matcher both = BOUNDS.matcher(bounds);
    if (!both.matches()) {
      return "between " + bounds;
    }
    String least = both.group(1);
    String most = both.group(2);
    return least.equals(most) ? least : "from %s to %s".formatted(least, most);
  }

  private static String simple(String type) {
    return PACKAGE.matcher(type).replaceFirst("");
  }

  private record Facts(String expected, String actual) {}
}
