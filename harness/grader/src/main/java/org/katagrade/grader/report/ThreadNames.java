package org.katagrade.grader.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

/**
 * What threads are called in a report: those that a check started are numbered, those that the
 * submission started keep their names.
 */
final class ThreadNames {

  /** A thread of a check as messages name it. */
  private static final Pattern OURS_QUOTED = Pattern.compile("(?:thread )?'(crowd-\\d+-\\d+)'");

  private static final int MOST_LISTED = 4;
  private static final int FEW_LISTED = 2;

  private final Map<String, String> names = new LinkedHashMap<>();
  private int numbered;

  private ThreadNames() {}

  /** The names of threads as they stood; after an explored run those that its course has. */
  static ThreadNames of(Standstill standstill, @Nullable Course course) {
    ThreadNames names = course == null ? new ThreadNames() : of(course);
    for (ThreadSnapshot thread : standstill.threads()) {
      names.add(thread.name());
    }
    for (ThreadSnapshot thread : standstill.threads()) {
      Waiting waiting = thread.waiting();
      if (waiting != null && waiting.holder() != null) {
        names.add(waiting.holder());
      }
    }
    standstill.ended().forEach(names::add);
    return names;
  }

  /** No names yet. */
  static ThreadNames none() {
    return new ThreadNames();
  }

  /** The name of a thread, which is numbered if it is the check's and new. */
  String added(String name) {
    add(name);
    return of(name);
  }

  /** The names of the threads of an explored run, numbered in the order they were started. */
  static ThreadNames of(Course course) {
    ThreadNames names = new ThreadNames();
    course.threads().forEach(names::add);
    return names;
  }

  private void add(String name) {
    if (names.containsKey(name)) {
      return;
    }
    names.put(name, isOurs(name) ? "thread " + ++numbered : said(name));
  }

  /** A name as a thread of the submission or the check itself is called. */
  static String said(String name) {
    return name.equals("check") ? "the check's own thread" : "thread '" + name + "'";
  }

  static boolean isOurs(String name) {
    return name.startsWith("crowd-");
  }

  /**
   * A message with the threads called so. Those of the check that are not known yet are numbered as
   * they come.
   */
  String inMessage(String text) {
    return OURS_QUOTED.matcher(text).replaceAll(quoted -> added(quoted.group(1)));
  }

  /** The words of the explorer with the threads called so. */
  String in(String text) {
    String said = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (isOurs(name.getKey())) {
        said = said.replaceAll("\\b" + Pattern.quote(name.getKey()) + "\\b", name.getValue());
      }
    }
    return said;
  }

  String of(String name) {
    return names.getOrDefault(name, said(name));
  }

  /** Several threads, in words. */
  String of(List<ThreadSnapshot> threads) {
    return many(threads.stream().map(thread -> of(thread.name())).toList());
  }

  /** Names of threads, but not of all if they are many. */
  static String many(List<String> names) {
    if (names.size() <= MOST_LISTED) {
      return list(names);
    }
    return "%d threads, among them %s".formatted(names.size(), list(names.subList(0, FEW_LISTED)));
  }

  /** Words joined as one says them: {@code a, b and c}. */
  static String list(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    return words.stream().limit(words.size() - 1).collect(Collectors.joining(", "))
        + " and "
        + words.getLast();
  }
}
