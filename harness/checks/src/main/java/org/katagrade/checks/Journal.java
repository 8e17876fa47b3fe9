package org.katagrade.checks;

import java.util.Arrays;
import java.util.List;

/**
 * What happened, in the order it happened, for a check to look back on.
 *
 * <p>Written in callbacks of the check, it says what the past must have been: {@code
 * journal.happenedInOrder("opened", "used", "closed")}. An event stands between what its thread did
 * before and after; of two threads, neither waits for the other, and the race detector does not
 * take the journal for an order between them.
 *
 * <p>Safe for use by many threads.
 */
public final class Journal {

  private final String name;
  private final Unseen<String> events = new Unseen<>();

  private Journal(String name) {
    this.name = name;
  }

  /**
   * An empty journal.
   *
   * @param name what it is about, for failure messages: "the life of a connection"
   */
  public static Journal of(String name) {
    return new Journal(name);
  }

  /** Writes down that this has happened. */
  public void add(String event) {
    events.add(event);
  }

  /** All that has happened so far. */
  public List<String> events() {
    return events.toList();
  }

  /** How often this has happened so far. */
  public int count(String event) {
    return Math.toIntExact(events().stream().filter(event::equals).count());
  }

  /** Fails unless this has happened so often, no more and no less. */
  public void happened(int times, String event) {
    int count = count(event);
    if (count != times) {
      throw new AssertionError(
          "expected '%s' %d times in %s, but it happened %d times%s"
              .formatted(event, times, name, count, sofar()));
    }
  }

  /** Fails unless these have happened, one after the other, whatever else did in between. */
  public void happenedInOrder(String... expected) {
    int next = 0;
    for (String event : events()) {
      if (next < expected.length && event.equals(expected[next])) {
        next++;
      }
    }
    if (next < expected.length) {
      throw new AssertionError(
          "expected %s in %s, but no '%s' came%s%s"
              .formatted(
                  String.join(", then ", expected),
                  name,
                  expected[next],
                  next == 0 ? "" : " after " + String.join(", ", Arrays.copyOf(expected, next)),
                  sofar()));
    }
  }

  private String sofar() {
    List<String> all = events();
    return all.isEmpty() ? ": nothing happened" : ": " + String.join(", ", all);
  }
}
