package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
  private static final int ENDS_OF_A_RUN = 3;

  /** The text of a step at which another thread goes on. */
  static final String SWITCH = "switch";

  private static final Pattern READ = Pattern.compile("(?s)(.+) ➜ (.*)");
  private static final Pattern WRITE = Pattern.compile("(?s)([^=(]+) = (.*)");
  private static final Pattern CONSTRUCTOR = Pattern.compile("(\\w+)\\.<init>\\(");
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
    new Overtakings(page, lines).show(history);
  }

  private static String reasonsFollow(History history) {
    return history.reasons().size() > 1 ? ":" : "";
  }

  private void results(History history) {
    page.blank();
    int columns = history.threads().size();
    int tallest = history.threads().stream().mapToInt(List::size).max().orElse(0);
    for (Operation operation : history.before()) {
      page.fact("first", operation.toString());
    }
    if (!history.before().isEmpty()) {
      page.blank();
    }
    Columns table = columns(columns);
    if (table.areTooNarrow()) {
      for (int thread = 0; thread < columns; thread++) {
        for (Operation operation : history.threads().get(thread)) {
          page.fact(thread(thread), operation.toString());
        }
      }
    } else {
      table.header();
      for (int row = 0; row < tallest; row++) {
        List<String> cells = new ArrayList<>();
        for (List<Operation> thread : history.threads()) {
          cells.add(row < thread.size() ? thread.get(row).toString() : "");
        }
        table.row(cells, Ink.STRONG);
      }
    }
    if (!history.after().isEmpty()) {
      page.blank();
    }
    for (Operation operation : history.after()) {
      page.fact("last", operation.toString());
    }
  }

  /** One step as it is shown; the line is empty where there is none. */
  private record Row(int thread, boolean operation, String text, String line) {}

  private List<Row> rows(History history) {
    List<Row> rows = new ArrayList<>();
    Map<Integer, String> results = new HashMap<>();
    List<Step> steps = history.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Frame at = step.at();
      Matcher call = CALL.matcher(step.text());
      if (at == null && call.matches()) {
        rows.add(new Row(step.thread(), true, call.group(1), ""));
        results.put(step.thread(), result(call.group(2)));
      } else if (at != null && lines.has(at)) {
        String line = at.line() < 0 ? "" : ":" + at.line();
        rows.add(new Row(step.thread(), false, words(step.text()), line));
      }
      if (endsCall(steps, i) && !results.getOrDefault(step.thread(), "").isEmpty()) {
        rows.add(new Row(step.thread(), true, "→ " + results.remove(step.thread()), ""));
      }
    }
    boolean anyOfTheirs = rows.stream().anyMatch(row -> !row.operation());
    return anyOfTheirs ? rows : List.of();
  }

  /** Whether the thread's next step, but for switches, begins another call, or there is none. */
  private static boolean endsCall(List<Step> steps, int index) {
    int thread = steps.get(index).thread();
    return steps.subList(index + 1, steps.size()).stream()
        .filter(step -> step.thread() == thread && !step.text().equals(SWITCH))
        .findFirst()
        .map(next -> next.at() == null)
        .orElse(true);
  }

  private static String result(@Nullable String shown) {
    return shown == null ? "" : shown.equals("<hung>") ? Overtakings.DID_NOT_END : shown;
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
      default -> CONSTRUCTOR.matcher(text).replaceAll("new $1(");
    };
  }

  /** The rows without the middle of what a thread did undisturbed. */
  private static List<Row> folded(List<Row> rows) {
    List<Row> folded = new ArrayList<>();
    for (int start = 0; start < rows.size(); ) {
      Row first = rows.get(start);
      int end = start + 1;
      while (end < rows.size()
          && rows.get(end).thread() == first.thread()
          && rows.get(end).operation() == first.operation()) {
        end++;
      }
      int middle = end - start - 2 * ENDS_OF_A_RUN;
      if (middle < 2) {
        folded.addAll(rows.subList(start, end));
      } else {
        folded.addAll(rows.subList(start, start + ENDS_OF_A_RUN));
        folded.add(new Row(first.thread(), false, "… %d more steps".formatted(middle), ""));
        folded.addAll(rows.subList(end - ENDS_OF_A_RUN, end));
      }
      start = end;
    }
    return folded;
  }

  private void interleaving(List<Row> rows, int columns) {
    List<Row> shown = verbose || rows.size() <= MOST_STEPS ? rows : folded(rows);
    page.blank();
    Columns table = columns(columns);
    if (!table.areTooNarrow()) {
      table.header();
    }
    for (Row row : shown) {
      String text = (row.operation() ? "" : "  ") + row.text();
      table.cell(row.thread(), text, row.line(), row.operation() ? Ink.STRONG : Ink.PLAIN);
    }
  }

  private Columns columns(int count) {
    return new Columns(page, IntStream.range(0, count).mapToObj(HistoryView::thread).toList());
  }

  private static String thread(int number) {
    return "thread " + (number + 1);
  }
}
