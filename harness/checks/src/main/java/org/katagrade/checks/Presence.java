package org.katagrade.checks;

import java.util.ArrayList;
import java.util.List;

/**
 * Who was somewhere at the same time, for a check to look back on: in a pool, under a lock.
 *
 * <p>Says what must not have been. That threads can be somewhere at the same time is shown by a
 * {@link Meeting}, which waits for it. A thread counts from after it has entered until before it
 * leaves; neither waits for anybody, and the race detector does not take it for an order between
 * threads.
 *
 * <p>Safe for use by many threads.
 */
public final class Presence {

  private final String place;
  private final Unseen<Passage> passages = new Unseen<>();

  private Presence(String place) {
    this.place = place;
  }

  /** Somebody came, or went. */
  private record Passage(String thread, boolean in) {}

  /** Ends a stay. */
  public interface Stay extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A place where nobody is yet.
   *
   * @param place where, for failure messages: "the pool"
   */
  public static Presence of(String place) {
    return new Presence(place);
  }

  /** The calling thread is there until the result is closed. */
  public Stay enter() {
    String thread = Thread.currentThread().getName();
    passages.add(new Passage(thread, true));
    return () -> passages.add(new Passage(thread, false));
  }

  /** How many were there at the same time, at most, so far. */
  public int most() {
    return fullest().size();
  }

  /** Fails if more than so many were there at the same time. */
  public void neverMoreThan(int count) {
    List<String> fullest = fullest();
    if (fullest.size() > count) {
      throw new AssertionError(
          "expected at most %d %s in %s at the same time, but there were %d: %s"
              .formatted(
                  count,
                  count == 1 ? "thread" : "threads",
                  place,
                  fullest.size(),
                  String.join(", ", fullest)));
    }
  }

  /** Those who were there when the most were. */
  private List<String> fullest() {
    List<String> present = new ArrayList<>();
    List<String> fullest = List.of();
    for (Passage passage : passages.toList()) {
      if (!passage.in()) {
        present.remove(passage.thread());
        continue;
      }
      present.add(passage.thread());
      if (present.size() > fullest.size()) {
        fullest = List.copyOf(present);
      }
    }
    return fullest;
  }
}
