package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Latches, barriers and turns, home-made with {@code wait}. */
final class Rendezvous {

  private Rendezvous() {}

  private static final class Barrier {
    private final int parties;
    private int waiting;
    private int generation;

    Barrier(int parties) {
      this.parties = parties;
    }

    synchronized void await() {
      int mine = generation;
      waiting++;
      if (waiting == parties) {
        waiting = 0;
        generation++;
        notifyAll();
        return;
      }
      while (mine == generation) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @RaceFree("JLS 17.4.5: everybody unlocks before the last one locks, and locks after it unlocked")
  static void readAfterTheBarrier(Fork fork) throws InterruptedException {
    int[] cells = {1, 2, 3};
    Barrier barrier = new Barrier(cells.length);
    Thread[] threads = new Thread[cells.length];
    for (int i = 0; i < threads.length; i++) {
      int mine = i;
      threads[i] =
          fork.thread(
              () -> {
                for (int round = 0; round < 5; round++) {
                  int sum = 0;
                  for (int cell : cells) {
                    sum += cell;
                  }
                  barrier.await();
                  cells[mine] = sum;
                  barrier.await();
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (cells[0] != cells[1] || cells[1] != cells[2] || cells[0] != 6 * 81) {
      throw new AssertionError(cells[0]);
    }
  }

  @Racy
  static void readBeforeTheBarrier(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    int[] sums = new int[3];
    Barrier barrier = new Barrier(cells.length);
    Thread[] threads = new Thread[cells.length];
    for (int i = 0; i < threads.length; i++) {
      int mine = i;
      threads[i] =
          fork.thread(
              () -> {
                cells[mine] = mine; // race: readBeforeTheBarrier
                sums[mine] = cells[(mine + 1) % cells.length]; // race: readBeforeTheBarrier
                barrier.await();
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static final class Latch {
    private int left;

    Latch(int count) {
      left = count;
    }

    synchronized void countDown() {
      left--;
      if (left == 0) {
        notifyAll();
      }
    }

    synchronized void await() throws InterruptedException {
      while (left > 0) {
        wait();
      }
    }
  }

  private static final class Scores {
    int home;
    int away;
  }

  @RaceFree("JLS 17.4.5: each count down unlocks before the lock that finds none left")
  static void latch(Fork fork) throws InterruptedException {
    Scores scores = new Scores();
    Latch latch = new Latch(2);
    Thread home =
        fork.thread(
            () -> {
              scores.home = 3;
              latch.countDown();
            });
    Thread away =
        fork.thread(
            () -> {
              scores.away = 4;
              latch.countDown();
            });
    home.start();
    away.start();
    latch.await();
    int sum = scores.home + scores.away;
    home.join();
    away.join();
    if (sum != 7) {
      throw new AssertionError(sum);
    }
  }

  @Racy
  static void latchCountsOneTooFew(Fork fork) throws InterruptedException {
    Scores scores = new Scores();
    Latch latch = new Latch(1);
    Thread home = fork.thread(latch::countDown);
    Thread away =
        fork.thread(
            () -> {
              scores.away = 4; // race: latchCountsOneTooFew
            });
    home.start();
    away.start();
    latch.await();
    int sum = scores.home + scores.away; // race: latchCountsOneTooFew
    home.join();
    away.join();
    if (sum < 0) {
      throw new AssertionError(sum);
    }
  }

  private static final class Turns {
    private boolean ping = true;
    int hits;

    void play(boolean me) {
      for (int i = 0; i < 10; i++) {
        synchronized (this) {
          while (ping != me) {
            try {
              wait();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        }
        // Nobody else's turn: no lock needed.
        hits++;
        synchronized (this) {
          ping = !me;
          notifyAll();
        }
      }
    }
  }

  @RaceFree("JLS 17.4.5: one's unlock after its hit comes before the other's lock before its own")
  static void inTurns(Fork fork) throws InterruptedException {
    Turns turns = new Turns();
    TwoThreads.together(fork, () -> turns.play(true), () -> turns.play(false));
    if (turns.hits != 20) {
      throw new AssertionError(turns.hits);
    }
  }

  private static final class Counter {
    private int question;
    private int answer;
    private boolean asked;
    private boolean answered;

    synchronized int ask(int number) throws InterruptedException {
      question = number;
      asked = true;
      notifyAll();
      return awaitAnswer();
    }

    private synchronized int awaitAnswer() throws InterruptedException {
      while (!answered) {
        wait();
      }
      return answer;
    }

    synchronized void serve() {
      while (!asked) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      answer = question * 2;
      answered = true;
      notifyAll();
    }
  }

  @RaceFree("JLS 17.2.1: wait unlocks as often as the thread had locked")
  static void waitInsideTwoLevels(Fork fork) throws InterruptedException {
    Counter counter = new Counter();
    Thread clerk = fork.thread(counter::serve);
    clerk.start();
    int answer = counter.ask(21);
    clerk.join();
    if (answer != 42) {
      throw new AssertionError(answer);
    }
  }
}
