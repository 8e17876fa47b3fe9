package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/**
 * A lock that a thread holds, and those it took before. Immutable.
 *
 * @param lock the lock, as the program names it
 * @param identity the same for the same lock
 * @param site where it was taken
 * @param shared whether others may hold it at the same time, as the read half of a lock
 * @param before the lock taken before this one
 */
public record HeldLock(
    Object lock, Object identity, int site, boolean shared, @Nullable HeldLock before) {

  /** Its class. */
  String type() {
    return lock.getClass().getName();
  }

  /** Tells it from others of its class, most of the time. */
  int number() {
    return System.identityHashCode(lock) & 0xffff;
  }

  /** This lock, of those that are held. */
  HeldLock alone() {
    return new HeldLock(lock, identity, site, shared, null);
  }

  /** Whether two threads that hold these locks are kept apart by one of them. */
  static boolean exclude(@Nullable HeldLock one, @Nullable HeldLock other) {
    for (HeldLock left = one; left != null; left = left.before) {
      for (HeldLock right = other; right != null; right = right.before) {
        if (left.identity == right.identity && !(left.shared && right.shared)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The locks without the last one that has this identity and was taken in this way. */
  public static @Nullable HeldLock without(
      @Nullable HeldLock held, Object identity, boolean shared) {
    if (held == null) {
      return null;
    }
    if (held.identity == identity && held.shared == shared) {
      return held.before;
    }
    HeldLock rest = without(held.before, identity, shared);
    return rest == held.before
        ? held
        : new HeldLock(held.lock, held.identity, held.site, held.shared, rest);
  }
}
