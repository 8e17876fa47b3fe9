package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Operation;
import org.katagrade.checks.evidence.Step;

/**
 * Shows a concurrent history: what each thread called and got, and step by step how it came to
 * that, a column for each thread.
 */
final class HistoryView {

  private static final int MOST_STEPS = 24;
  private static final int NARROWEST_COLUMN = 22;
  private static final Pattern READ = Pattern.compile("(?s)(.+) ➜ (.*)");
  private static final Pattern WRITE = Pattern.compile("(?s)([^=(]+) = (.*)");
  private static final Pattern CALL = Pattern.compile("(?s)(.+\\))(?:: (.*))?");

  private final Page page;
  private final SourceLines lines;
  private final boolean verbose;

  HistoryView(Page page, SourceLines lines, boolean verbose) {
    this.page = page;
    this.lines = lines;
    this.verbose = verbose;
  }

  void show(History history) {
    results(history);
    List<Row> rows = rows(history);
    if (!rows.isEmpty()) {
      page.blank();
      page.paragraph(2, Ink.PLAIN, "How it came about, from top to bottom, with line numbers:");
      interleaving(rows, history.threads().size());
    }
    if (!history.reasons().isEmpty()) {
      page.blank();
      page.fact("because", history.reasons().getFirst() + reasonsFollow(history));
      for (String reason : history.reasons().subList(1, history.reasons().size())) {
        page.fact("", reason);
      }
    }
    List<Frame> frames =
        history.steps().stream().flatMap(step -> at(step)).filter(lines::has).toList();
    if (!frames.isEmpty()) {
      page.blank();
      new Places(page, lines).showAll(2, shortest(frames), verbose ? 40 : 6);
    }
  }

  private static String reasonsFollow(History history) {
    return history.reasons().size() > 1 ? ":" : "";
  }

  private static Stream<Frame> at(Step step) {
    return Stream.ofNullable(step.at());
  }

  private static List<Frame> shortest(List<Frame> frames) {
    return frames.stream().sorted(Comparator.comparing(Frame::line)).toList();
  }

  private void results(History history) {
    page.blank();
    int columns = history.threads().size();
    int tallest = history.threads().stream().mapToInt(List::size).max().orElse(0);
    for (Operation operation : history.before()) {
      page.fact("first", operation.toString());
    }
    if (columnWidth(columns) < NARROWEST_COLUMN) {
      for (int thread = 0; thread < columns; thread++) {
        for (Operation operation : history.threads().get(thread)) {
          page.fact(thread(thread), operation.toString());
        }
      }
    } else {
      header(columns);
      for (int row = 0; row < tallest; row++) {
        List<String> cells = new ArrayList<>();
        for (List<Operation> thread : history.threads()) {
          cells.add(row < thread.size() ? thread.get(row).toString() : "");
        }
        cells(cells, Ink.STRONG);
      }
    }
    for (Operation operation : history.after()) {
      page.fact("last", operation.toString());
    }
  }

  /** One step as it is shown; the line is empty for the calls of the check. */
  private record Row(int thread, boolean operation, String text, String line) {}

  private List<Row> rows(History history) {
    List<Row> rows = new ArrayList<>();
    for (Step step : history.steps()) {
      Frame at = step.at();
      if (at == null && CALL.matcher(step.text()).matches()) {
        rows.add(new Row(step.thread(), true, call(step.text()), ""));
      } else if (at != null && lines.has(at)) {
        rows.add(new Row(step.thread(), false, words(step.text()), ":" + at.line()));
      }
    }
    boolean anyOfTheirs = rows.stream().anyMatch(row -> !row.operation());
    return anyOfTheirs ? rows : List.of();
  }

  /** The call without its result, which is not known yet when it begins. */
  private static String call(String text) {
    Matcher call = CALL.matcher(text);
    return call.matches() ? call.group(1) : text;
  }

  private static String words(String text) {
    Matcher read = READ.matcher(text);
    if (read.matches()) {
      return "reads " + read.group(1) + ": " + read.group(2);
    }
    Matcher write = WRITE.matcher(text);
    if (write.matches()) {
      return "sets " + write.group(1) + " = " + write.group(2);
    }
    return switch (text) {
      case "MONITORENTER" -> "locks the monitor";
      case "MONITOREXIT" -> "unlocks the monitor";
      case "WAIT" -> "waits";
      case "NOTIFY" -> "notifies";
      case "PARK" -> "parks";
      case "UNPARK" -> "unparks";
      default -> text.startsWith("MONITORENTER") ? "waits for the monitor" : text;
    };
  }

  private void interleaving(List<Row> rows, int columns) {
    int hidden = verbose ? 0 : Math.max(0, rows.size() - MOST_STEPS);
    List<Row> shown = rows.subList(hidden, rows.size());
    page.blank();
    boolean narrow = columnWidth(columns) < NARROWEST_COLUMN;
    if (!narrow) {
      header(columns);
    }
    if (hidden > 0) {
      page.paragraph(
          2, Ink.FAINT, "… %d steps before this; --verbose shows them".formatted(hidden));
    }
    for (Row row : shown) {
      String text = (row.operation() ? "" : "  ") + row.text();
      if (narrow) {
        page.fact(2, thread(row.thread()), Ink.PLAIN, text + " " + row.line());
      } else {
        List<String> cells = new ArrayList<>();
        for (int thread = 0; thread < columns; thread++) {
          cells.add(thread == row.thread() ? withLine(text, row.line(), columns) : "");
        }
        cells(cells, row.operation() ? Ink.STRONG : Ink.PLAIN);
      }
    }
  }

  private String withLine(String text, String line, int columns) {
    int room = columnWidth(columns) - line.length() - 1;
    return line.isEmpty() ? text : page.left(text, room) + " " + line;
  }

  private void header(int columns) {
    List<String> cells = new ArrayList<>();
    for (int thread = 0; thread < columns; thread++) {
      cells.add(thread(thread));
    }
    cells(cells, Ink.FAINT);
  }

  private void cells(List<String> cells, Ink ink) {
    int room = columnWidth(cells.size());
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : "  ").append(page.paint(ink, page.left(cells.get(i), room)));
    }
    page.raw(line.toString());
  }

  /** Columns share the page, but are no wider than a step needs. */
  private int columnWidth(int columns) {
    return Math.min(36, (page.width() - 2) / Math.max(1, columns) - 2);
  }

  private static String thread(int number) {
    return "thread " + (number + 1);
  }
}
