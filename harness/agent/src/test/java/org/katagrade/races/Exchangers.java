package org.katagrade.races;

import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Exchanger}. */
final class Exchangers {

  private static final String EXCHANGE =
      "Exchanger: what precedes an exchange happens before what follows it in the other thread";

  private Exchangers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** Starts one thread for each number below the given one and joins them. */
  private static void workers(Fork fork, int count, Worker worker) throws InterruptedException {
    Thread[] threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      int mine = i;
      threads[i] = fork.thread(Checked.task(() -> worker.work(mine)));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private interface Worker {
    void work(int number) throws Exception;
  }

  private static final class Page {
    int words;
  }

  @RaceFree(EXCHANGE)
  static void filledForEmpty(Fork fork) throws InterruptedException {
    Exchanger<Page> exchanger = new Exchanger<>();
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Page mine = new Page();
              for (int i = 1; i <= 4; i++) {
                mine.words = i;
                mine = exchanger.exchange(mine);
                if (mine.words != 0) {
                  throw new IllegalStateException("not empty");
                }
              }
            }),
        Checked.task(
            () -> {
              Page mine = new Page();
              for (int i = 1; i <= 4; i++) {
                mine = exchanger.exchange(mine);
                sum[0] += mine.words;
                mine.words = 0;
              }
            }));
    expect(10, sum[0]);
  }

  @RaceFree(EXCHANGE)
  static void bothReadWhatTheOtherWrote(Fork fork) throws InterruptedException {
    Exchanger<String> exchanger = new Exchanger<>();
    int[] cells = new int[2];
    int[] seen = new int[2];
    workers(
        fork,
        2,
        mine -> {
          cells[mine] = mine + 1;
          exchanger.exchange("from " + mine, 30, TimeUnit.SECONDS);
          seen[mine] = cells[1 - mine];
        });
    expect(2, seen[0]);
    expect(1, seen[1]);
  }

  @Racy
  static void stillUsedAfterTheExchange(Fork fork) throws InterruptedException {
    Exchanger<Page> exchanger = new Exchanger<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Page page = new Page();
              exchanger.exchange(page);
              page.words = 5; // race: stillUsedAfterTheExchange
            }),
        Checked.task(
            () -> {
              Page page = exchanger.exchange(new Page());
              seen[0] = page.words; // race: stillUsedAfterTheExchange
            }));
  }

  @Racy
  static void exchangeTimedOut(Fork fork) throws InterruptedException {
    Exchanger<String> exchanger = new Exchanger<>();
    Page page = new Page();
    Unseen written = new Unseen();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              page.words = 5; // race: exchangeTimedOut
              written.reached();
            }),
        Checked.task(
            () -> {
              written.await();
              try {
                exchanger.exchange("hello", 1, TimeUnit.MICROSECONDS);
              } catch (TimeoutException e) {
                // Forgotten: nobody came.
              }
              seen[0] = page.words; // race: exchangeTimedOut
            }));
  }
}
