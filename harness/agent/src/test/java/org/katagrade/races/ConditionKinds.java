package org.katagrade.races;

import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Condition}: of a write lock, with a deadline, and what is made of it. */
final class ConditionKinds {

  private static final String AWAIT =
      "Condition.await: the lock is acquired again before it returns; Lock: as lock and unlock";

  private int value;
  private int seen;
  private boolean ready;

  private ConditionKinds() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void fill(Lock lock, Condition filled) {
    lock.lock();
    try {
      value = 5;
      ready = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @RaceFree(AWAIT)
  static void conditionOfAWriteLock(Fork fork) throws InterruptedException {
    ConditionKinds box = new ConditionKinds();
    ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
    Condition filled = locks.writeLock().newCondition();
    Runnable take =
        Checked.task(
            () -> {
              locks.writeLock().lock();
              try {
                while (!box.ready) {
                  filled.await();
                }
                box.seen = box.value;
              } finally {
                locks.writeLock().unlock();
              }
            });
    TwoThreads.together(fork, take, () -> box.fill(locks.writeLock(), filled));
    locks.readLock().lock();
    expect(5, box.seen);
    locks.readLock().unlock();
  }

  @RaceFree(AWAIT)
  static void untilADeadline(Fork fork) throws InterruptedException {
    ConditionKinds box = new ConditionKinds();
    Lock lock = new ReentrantLock();
    Condition filled = lock.newCondition();
    Date deadline = Date.from(Instant.now().plusSeconds(30));
    Runnable take =
        Checked.task(
            () -> {
              lock.lock();
              try {
                while (!box.ready) {
                  if (!filled.awaitUntil(deadline)) {
                    throw new AssertionError("nobody came");
                  }
                }
                box.seen = box.value;
              } finally {
                lock.unlock();
              }
            });
    TwoThreads.together(fork, take, () -> box.fill(lock, filled));
    expect(5, box.seen);
  }

  @RaceFree(AWAIT)
  static void forTheTimeThatIsLeft(Fork fork) throws InterruptedException {
    ConditionKinds box = new ConditionKinds();
    Lock lock = new ReentrantLock(true);
    Condition filled = lock.newCondition();
    Runnable take =
        Checked.task(
            () -> {
              lock.lockInterruptibly();
              try {
                long left = TimeUnit.SECONDS.toNanos(30);
                while (!box.ready && left > 0) {
                  left = filled.awaitNanos(left);
                }
                box.seen = box.value;
              } finally {
                lock.unlock();
              }
            });
    TwoThreads.together(fork, take, () -> box.fill(lock, filled));
    expect(5, box.seen);
  }

  @Racy
  static void valueWrittenAfterTheUnlock(Fork fork) throws InterruptedException {
    ConditionKinds box = new ConditionKinds();
    Lock lock = new ReentrantLock();
    Condition filled = lock.newCondition();
    Runnable take =
        () -> {
          lock.lock();
          while (!box.ready) {
            filled.awaitUninterruptibly();
          }
          box.seen = box.value; // race: valueWrittenAfterTheUnlock
          lock.unlock();
        };
    Runnable fill =
        () -> {
          lock.lock();
          box.ready = true;
          filled.signal();
          lock.unlock();
          box.value = 5; // race: valueWrittenAfterTheUnlock
        };
    TwoThreads.together(fork, take, fill);
  }

  @Racy
  static void deadlinePassedButRead(Fork fork) throws InterruptedException {
    ConditionKinds box = new ConditionKinds();
    Lock lock = new ReentrantLock();
    Condition filled = lock.newCondition();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    Runnable take =
        Checked.task(
            () -> {
              lock.lock();
              try {
                written.await();
                boolean unused = filled.awaitUntil(new Date(0));
                box.seen = box.value; // race: deadlinePassedButRead
              } finally {
                lock.unlock();
              }
              over.reached();
            });
    Runnable fill =
        () -> {
          box.value = 5; // race: deadlinePassedButRead
          written.reached();
          over.await();
          lock.lock();
          box.ready = true;
          filled.signal();
          lock.unlock();
        };
    TwoThreads.together(fork, take, fill);
  }

  /** A barrier as students write it. */
  private static final class Meeting {
    private final Lock lock = new ReentrantLock();
    private final Condition complete = lock.newCondition();
    private final int parties;
    private int arrived;
    private int round;

    Meeting(int parties) {
      this.parties = parties;
    }

    void meet() {
      lock.lock();
      try {
        int mine = round;
        if (++arrived == parties) {
          arrived = 0;
          round++; // race: roundReadWithoutTheLock
          complete.signalAll();
        }
        while (mine == round) {
          complete.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Lets those go on that do not need to wait. */
    boolean metInRound(int wanted) {
      return round > wanted; // race: roundReadWithoutTheLock
    }
  }

  @RaceFree(AWAIT)
  static void barrierOfACondition(Fork fork) throws InterruptedException {
    Meeting meeting = new Meeting(2);
    int[][] cells = new int[4][2];
    TwoThreads.together(
        fork, () -> fillRounds(meeting, cells, 0), () -> fillRounds(meeting, cells, 1));
    expect(1 + 2 + 4, cells[3][0]);
    expect(1 + 2 + 4, cells[3][1]);
  }

  private static void fillRounds(Meeting meeting, int[][] cells, int mine) {
    cells[0][mine] = 1 - mine;
    for (int round = 1; round < cells.length; round++) {
      meeting.meet();
      int[] last = cells[round - 1];
      cells[round][mine] = last[0] + last[1] + (round == 3 ? 3 : 0);
    }
  }

  @Racy
  static void roundReadWithoutTheLock(Fork fork) throws InterruptedException {
    Meeting meeting = new Meeting(1);
    TwoThreads.together(fork, meeting::meet, () -> meeting.metInRound(0));
  }
}
