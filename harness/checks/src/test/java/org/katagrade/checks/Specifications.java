package org.katagrade.checks;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Sequential specifications as authors write them, for tests. */
final class Specifications {

  private Specifications() {}

  /** A buffer with one place. */
  public static final class Buffer {

    private @Nullable Integer place;

    public void put(int element) {
      Await.until(place == null);
      place = element;
    }

    public @Nullable Integer take() {
      Await.until(place != null);
      return tryTake();
    }

    public @Nullable Integer tryTake() {
      Integer taken = place;
      place = null;
      return taken;
    }

    public int size() {
      return place == null ? 0 : 1;
    }
  }

  /** A queue with room for everything. */
  public static final class Fifo {

    private final Queue<Integer> elements = new ArrayDeque<>();

    public void put(int element) {
      elements.add(element);
    }

    public int take() {
      Await.until(!elements.isEmpty());
      return elements.remove();
    }
  }

  /** Two permits. */
  public static final class Permits {

    private int permits = 2;

    public void acquire() {
      Await.until(permits > 0);
      permits--;
    }

    public void release() {
      permits++;
    }
  }

  /** A channel without room: who sends waits until it is received. */
  public static final class Rendezvous {

    private final Queue<Letter> sent = new ArrayDeque<>();
    private final Queue<Letter> wanted = new ArrayDeque<>();

    private static final class Letter {
      private @Nullable Integer content;
      private boolean taken;
    }

    public Await.Later<@Nullable Void> send(int message) {
      Letter letter = wanted.isEmpty() ? new Letter() : wanted.remove();
      letter.content = message;
      if (!letter.taken) {
        sent.add(letter);
      }
      return Await.then(() -> letter.taken);
    }

    public Await.Later<@Nullable Integer> receive() {
      Letter letter = sent.isEmpty() ? new Letter() : sent.remove();
      letter.taken = true;
      if (letter.content == null) {
        wanted.add(letter);
      }
      return Await.then(() -> letter.content != null, () -> letter.content);
    }

    public boolean trySend(int message) {
      if (wanted.isEmpty()) {
        return false;
      }
      wanted.remove().content = message;
      return true;
    }
  }

  /** A barrier for two. */
  public static final class Latch {

    private int count = 2;

    public void countDown() {
      count--;
    }

    public void await() {
      Await.until(count <= 0);
    }
  }
}
