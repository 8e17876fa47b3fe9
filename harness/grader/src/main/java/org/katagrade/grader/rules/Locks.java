package org.katagrade.grader.rules;

import java.util.Set;
import org.katagrade.grader.rules.bytecode.Call;

/** The types of {@code java.util.concurrent.locks}, by name. */
final class Locks {

  private static final String PACKAGE = "java.util.concurrent.locks.";

  static final Set<String> CONDITIONS =
      Set.of(
          PACKAGE + "Condition",
          PACKAGE + "AbstractQueuedSynchronizer$ConditionObject",
          PACKAGE + "AbstractQueuedLongSynchronizer$ConditionObject");

  static final Set<String> LOCKS =
      Set.of(
          PACKAGE + "Lock",
          PACKAGE + "ReadWriteLock",
          PACKAGE + "ReentrantLock",
          PACKAGE + "ReentrantReadWriteLock",
          PACKAGE + "ReentrantReadWriteLock$ReadLock",
          PACKAGE + "ReentrantReadWriteLock$WriteLock",
          PACKAGE + "StampedLock");

  private static final Set<String> ACQUIRING =
      Set.of(
          "lock",
          "lockInterruptibly",
          "readLock",
          "readLockInterruptibly",
          "writeLock",
          "writeLockInterruptibly");

  private Locks() {}

  static boolean isLockOrCondition(String type) {
    return LOCKS.contains(type) || CONDITIONS.contains(type);
  }

  /** Whether the call takes a lock, waiting as long as it must. */
  static boolean takes(Call call) {
    // In a read-write lock, readLock() is not a lock taken but a part of the lock.
    boolean part = call.name().equals("readLock") || call.name().equals("writeLock");
    return call.isTo(LOCKS, ACQUIRING) && !(part && !call.owner().equals(PACKAGE + "StampedLock"));
  }

  static boolean releases(Call call) {
    return LOCKS.contains(call.owner())
        && (call.name().startsWith("unlock") || call.name().startsWith("tryUnlock"));
  }

  static boolean awaits(Call call) {
    return CONDITIONS.contains(call.owner()) && call.name().startsWith("await");
  }

  static boolean isIn(Call call) {
    return call.owner().startsWith(PACKAGE);
  }
}
