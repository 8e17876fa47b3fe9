package org.katagrade.agent.race;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the detector itself. The program does not see them; after the first, no race is told
 * of, since order may have been missed. Safe for use by many threads.
 */
public final class Faults {

  private static volatile @Nullable Throwable first;
  private static volatile Consumer<String> listener = line -> {};
  private static volatile boolean told;

  private Faults() {}

  /** Who is told of the first one. */
  public static void listen(Consumer<String> to) {
    listener = to;
  }

  /** The first one, or null. */
  public static @Nullable Throwable first() {
    return first;
  }

  /** Takes one in. Never throws, unless there is no stack left to be called on. */
  public static void note(Throwable fault) {
    if (first == null) {
      first = fault;
      if (!(fault instanceof StackOverflowError)) {
        tell();
      }
    }
  }

  /** Tells of the first one, if there was one and it could not be told of when it happened. */
  public static void tell() {
    Throwable fault = first;
    if (fault == null || told) {
      return;
    }
    boolean pinned = Pinned.begin();
    try {
      told = true;
      listener.accept(text(fault));
    } catch (Throwable again) {
      // Such as too little memory for the words: there is another try at the end.
      told = false;
    } finally {
      Pinned.end(pinned);
    }
  }

  /** In one line. */
  public static String text(Throwable fault) {
    StackTraceElement[] stack = fault.getStackTrace();
    return fault.toString().replace('\n', ' ')
        + (stack.length == 0 ? "" : " at " + stack[0])
        + (fault instanceof StackOverflowError
            ? ": the program used up its stack"
            : ": a fault of the detector");
  }

  /** Fails, where a test of the detector has asked for it. */
  public static void provoke() {
    throw new IllegalStateException("provoked");
  }
}
