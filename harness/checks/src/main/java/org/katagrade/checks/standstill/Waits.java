package org.katagrade.checks.standstill;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which threads are held by the check itself, and where. Such a thread can go on as soon as the
 * check wants it to.
 */
public final class Waits {

  private static final Map<Thread, String> AT_CHECK = new ConcurrentHashMap<>();

  private Waits() {}

  /** Ends a wait recorded by {@link #atCheck}. */
  public interface Ended extends AutoCloseable {
    @Override
    void close();
  }

  /** Records that the current thread waits for the check until the result is closed. */
  public static Ended atCheck(String place) {
    Thread thread = Thread.currentThread();
    AT_CHECK.put(thread, place);
    return () -> AT_CHECK.remove(thread);
  }

  /** Where the check holds this thread, or null if it does not. */
  public static @Nullable String placeOf(Thread thread) {
    return AT_CHECK.get(thread);
  }

  /** Whether the check holds any thread at all. */
  public static boolean any() {
    return !AT_CHECK.isEmpty();
  }
}
