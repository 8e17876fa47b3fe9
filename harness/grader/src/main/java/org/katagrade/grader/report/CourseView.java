package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.Step;

/**
 * Shows a run under a chosen schedule, step by step, a column for each thread: of the submission's
 * steps all that matter, of the check's own none.
 */
final class CourseView {

  /** An object in the words of the explorer: its class's own name and a number. */
  private static final Pattern OBJECT = Pattern.compile("[\\w$]+#\\d+");

  private static final String CALLS = "calls ";

  /** What is told of a turn however long it is: who was woken, and what ended a wait or a call. */
  private static final Pattern TELLING =
      Pattern.compile(
          "(notifies|waits|is"
              + " interrupted|throws)\\b.*|.*\\.(signal|signalAll|notify|notifyAll)\\b.*");

  private static final int MOST_STEPS = 24;
  private static final int ENDS_OF_A_TURN = 2;

  private final Page page;
  private final SourceLines lines;
  private final boolean verbose;

  CourseView(Page page, SourceLines lines, boolean verbose) {
    this.page = page;
    this.lines = lines;
    this.verbose = verbose;
  }

  /**
   * Shows it: of the races it came to both accesses of each, and of threads that nobody woke the
   * step since which they wait.
   *
   * @param asleep names of the threads that nobody woke
   */
  void show(Course course, List<DataRace> races, Set<String> asleep) {
    ThreadNames names = ThreadNames.of(course);
    List<Row> rows = marked(rows(course, names, asleep), course, races);
    if (rows.isEmpty()) {
      return;
    }
    List<Integer> threads = rows.stream().map(Row::thread).distinct().sorted().toList();
    List<Row> told = verbose || rows.size() <= MOST_STEPS ? rows : folded(rows);
    Columns columns =
        new Columns(
            page,
            titles(course, threads, names),
            told.stream().map(row -> row.text() + " " + row.line()).toList());
    page.blank();
    page.paragraph(2, Ink.PLAIN, "How it came about, from top to bottom, with line numbers:");
    page.blank();
    if (!columns.areTooNarrow()) {
      columns.header();
    }
    for (Row row : told) {
      columns.cell(threads.indexOf(row.thread()), row.text(), row.line(), Ink.PLAIN);
    }
    if (course.cut()) {
      page.paragraph(2, Ink.FAINT, "… and so on");
    }
  }

  /**
   * One step as it is shown.
   *
   * @param line empty where there is none
   * @param telling whether it must not be left out
   */
  private record Row(int thread, String text, String line, boolean telling) {

    Row asTelling() {
      return new Row(thread, text, line, true);
    }

    boolean isAt(String otherThread, Frame place, Course course) {
      return course.threads().get(thread).equals(otherThread) && line.equals(lineOf(place));
    }
  }

  /** The rows with the last of each thread that a race is about, which tell most. */
  private static List<Row> marked(List<Row> rows, Course course, List<DataRace> races) {
    List<Row> marked = new ArrayList<>(rows);
    races.stream()
        .flatMap(race -> Stream.of(race.current(), race.previous()))
        .filter(access -> !access.frames().isEmpty())
        .forEach(
            access -> {
              Frame place = access.frames().getFirst();
              for (int i = marked.size() - 1; i >= 0; i--) {
                if (marked.get(i).isAt(access.thread(), place, course)) {
                  marked.set(i, marked.get(i).asTelling());
                  return;
                }
              }
            });
    return marked;
  }

  private List<Row> rows(Course course, ThreadNames names, Set<String> asleep) {
    List<Step> steps =
        course.steps().stream().filter(step -> step.at() != null && lines.has(step.at())).toList();
    Set<String> shared = objectsOfSeveralThreads(steps);
    Set<Step> lasting = waitsWithoutAnEnd(course, steps, asleep);
    List<Step> told = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean matters = objectsIn(steps.get(i).text()).allMatch(shared::contains);
      if (verbose || lasting.contains(steps.get(i)) || (matters && !isSaidByTheNext(steps, i))) {
        told.add(steps.get(i));
      }
    }
    Map<String, Long> ofType =
        told.stream()
            .flatMap(step -> objectsIn(step.text()))
            .distinct()
            .collect(Collectors.groupingBy(CourseView::typeOf, Collectors.counting()));
    List<Row> rows = new ArrayList<>();
    for (Step step : told) {
      boolean telling = TELLING.matcher(step.text()).matches();
      String text = said(names.in(step.text()), ofType);
      rows.add(new Row(step.thread(), text, lineOf(step.at()), telling));
      if (lasting.contains(step)) {
        rows.add(new Row(step.thread(), "waits from here on", "", true));
      }
    }
    return rows;
  }

  /** The last step of each of these threads, by identity: equal ones may have ended before. */
  private static Set<Step> waitsWithoutAnEnd(Course course, List<Step> steps, Set<String> asleep) {
    Map<Integer, Step> last = new HashMap<>();
    steps.stream()
        .filter(step -> asleep.contains(course.threads().get(step.thread())))
        .forEach(step -> last.put(step.thread(), step));
    Set<Step> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
    lasting.addAll(last.values());
    return lasting;
  }

  /**
   * The words of a step without what the JDK calls its own classes, and without needless numbers.
   */
  private static String said(String text, Map<String, Long> ofType) {
    return OBJECT
        .matcher(text.startsWith(CALLS) ? text.substring(CALLS.length()) + "()" : text)
        .replaceAll(
            object ->
                Matcher.quoteReplacement(
                    Places.simple(
                        ofType.getOrDefault(typeOf(object.group()), 0L) == 1
                            ? typeOf(object.group())
                            : object.group())))
        .replace("ConditionObject", "Condition");
  }

  private static String typeOf(String object) {
    return object.substring(0, object.indexOf('#'));
  }

  private static String lineOf(@Nullable Frame at) {
    return at == null || at.line() < 0 ? "" : ":" + at.line();
  }

  /** What one thread alone has to do with explains nothing that went wrong between threads. */
  private static Set<String> objectsOfSeveralThreads(List<Step> steps) {
    Map<String, Set<Integer>> users = new HashMap<>();
    for (Step step : steps) {
      objectsIn(step.text())
          .forEach(
              object -> users.computeIfAbsent(object, o -> new HashSet<>()).add(step.thread()));
    }
    users.values().removeIf(threads -> threads.size() < 2);
    return users.keySet();
  }

  private static Stream<String> objectsIn(String text) {
    return OBJECT.matcher(text).results().map(MatchResult::group);
  }

  /** Whether this is the call of {@code lock()} of which the next step says that it was given. */
  private static boolean isSaidByTheNext(List<Step> steps, int index) {
    if (index + 1 == steps.size()) {
      return false;
    }
    Step step = steps.get(index);
    Step next = steps.get(index + 1);
    return step.thread() == next.thread()
        && step.text().startsWith(CALLS)
        && (next.text().startsWith("takes ") || next.text().startsWith("gives back "))
        && objectsIn(step.text()).toList().equals(objectsIn(next.text()).toList());
  }

  /** A column's title must be short. */
  private static List<String> titles(Course course, List<Integer> threads, ThreadNames names) {
    return threads.stream()
        .map(thread -> course.threads().get(thread))
        .map(name -> name.equals("check") ? "the check" : names.of(name))
        .toList();
  }

  /** The rows without the middle of what a thread did undisturbed, but for what tells most. */
  private static List<Row> folded(List<Row> rows) {
    List<Row> folded = new ArrayList<>();
    for (int start = 0; start < rows.size(); ) {
      int end = start + 1;
      while (end < rows.size() && rows.get(end).thread() == rows.get(start).thread()) {
        end++;
      }
      foldTurn(rows.subList(start, end), folded);
      start = end;
    }
    return folded;
  }

  private static void foldTurn(List<Row> turn, List<Row> folded) {
    Set<Row> told = new HashSet<>();
    boolean[] kept = new boolean[turn.size()];
    for (int i = turn.size() - 1; i >= 0; i--) {
      boolean atAnEnd = i < ENDS_OF_A_TURN || i >= turn.size() - ENDS_OF_A_TURN;
      // What is done again and again is told once.
      kept[i] = atAnEnd || (turn.get(i).telling() && told.add(turn.get(i)));
    }
    for (int i = 0; i < kept.length; ) {
      int next = i;
      while (next < kept.length && !kept[next]) {
        next++;
      }
      if (next - i > 1) {
        String more = "… %d more steps".formatted(next - i);
        folded.add(new Row(turn.get(i).thread(), more, "", false));
      } else {
        folded.addAll(turn.subList(i, next));
      }
      if (next < kept.length) {
        folded.add(turn.get(next));
      }
      i = next + 1;
    }
  }
}
