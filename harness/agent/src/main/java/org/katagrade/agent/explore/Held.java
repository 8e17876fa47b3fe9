package org.katagrade.agent.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The locks that one thread holds, in the order in which it took them. */
final class Held {

  private @Nullable Object[] locks = new @Nullable Object[4];
  private @Nullable StackTraceElement[] places = new @Nullable StackTraceElement[4];
  private int count;

  void took(Object lock, @Nullable StackTraceElement at) {
    if (count == locks.length) {
      locks = Arrays.copyOf(locks, 2 * count);
      places = Arrays.copyOf(places, 2 * count);
    }
    locks[count] = lock;
    places[count++] = at;
  }

  /** Notes that the lock was given back, once. */
  void gave(Object lock) {
    for (int i = count - 1; i >= 0; i--) {
      if (locks[i] == lock) {
        count--;
        System.arraycopy(locks, i + 1, locks, i, count - i);
        System.arraycopy(places, i + 1, places, i, count - i);
        locks[count] = null;
        places[count] = null;
        return;
      }
    }
  }

  boolean holds(Object lock) {
    for (int i = 0; i < count; i++) {
      if (locks[i] == lock) {
        return true;
      }
    }
    return false;
  }

  int count() {
    return count;
  }

  Object lock(int index) {
    return java.util.Objects.requireNonNull(locks[index]);
  }

  @Nullable StackTraceElement place(int index) {
    return places[index];
  }
}
