package org.katagrade.agent.explore;

/** What explored code tells of the locks of {@code java.util.concurrent.locks} that it uses. */
public final class LockCalls {

  private LockCalls() {}

  /** A call that takes a lock has returned. */
  public static void took(boolean taken, Object by) {
    Strand me = Execution.me();
    if (taken && me != null) {
      Object lock = Synchronizers.withoutView(by);
      Teller teller = me.execution.teller();
      me.held.took(lock, teller == null ? null : teller.takes(me, lock));
    }
  }

  /** A call that takes a lock by a stamp has returned. */
  public static void took(long stamp, Object lock) {
    took(stamp != 0, lock);
  }

  /** A lock was given back. */
  public static void gave(Object by) {
    Strand me = Execution.me();
    if (me != null) {
      Object lock = Synchronizers.withoutView(by);
      me.held.gave(lock);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.gives(me, lock);
      }
    }
  }
}
