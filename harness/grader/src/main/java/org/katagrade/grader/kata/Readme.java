package org.katagrade.grader.kata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the grader reads out of a kata's README.
 *
 * @param title its title without the number, {@code Bank transfer}
 * @param part the part of the course, {@code Part I — Shared state}, or empty
 * @param difficulty from 1 to 5, or 0 if it is not said
 * @param allowed the section on what may be used, or empty
 * @param hints from a nudge to nearly the solution
 * @param graded the rows of the table of what is graded, in order
 */
public record Readme(
    String title,
    String part,
    int difficulty,
    String allowed,
    List<String> hints,
    List<Graded> graded) {

  /** A promise and its points, as the README says them. */
  public record Graded(String title, int points) {}

  private static final Pattern TITLE = Pattern.compile("# Kata \\d+ · (.+)");
  private static final Pattern META = Pattern.compile("(Part [^·]+) · difficulty (\\d) of 5");

  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (\\d+) \\|");

  public Readme {
    hints = List.copyOf(hints);
    graded = List.copyOf(graded);
  }

  static Readme of(List<String> lines) {
    String title = "";
    String part = "";
    int difficulty = 0;
    for (String line : lines) {
      Matcher heading = TITLE.matcher(line);
      Matcher meta = META.matcher(line);
      if (title.isEmpty() && heading.matches()) {
        title = heading.group(1).strip();
      } else if (part.isEmpty() && meta.matches()) {
        part = meta.group(1).strip();
        difficulty = Integer.parseInt(meta.group(2));
      }
    }
    List<String> hints = new ArrayList<>();
    for (int i = 1; !section(lines, "### Hint " + i).isEmpty(); i++) {
      hints.add(section(lines, "### Hint " + i));
    }
    List<Graded> graded =
        section(lines, "## What is graded")
            .lines()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> new Graded(row.group(1).strip(), Integer.parseInt(row.group(2))))
            .toList();
    return new Readme(title, part, difficulty, section(lines, "## Allowed"), hints, graded);
  }

  /** The text under a heading, up to the next heading. */
  private static String section(List<String> lines, String heading) {
    int start = lines.indexOf(heading);
    if (start < 0) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("#")) {
        break;
      }
      text.append(line).append('\n');
    }
    return text.toString().strip();
  }
}
