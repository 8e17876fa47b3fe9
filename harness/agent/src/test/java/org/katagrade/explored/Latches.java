package org.katagrade.explored;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code CountDownLatch}: counts that never come, and those that come too early. */
final class Latches {

  private Latches() {}

  private static void work(boolean fails) {
    if (fails) {
      throw new IllegalStateException("the work failed");
    }
  }

  @Sound("counts down whatever happens")
  static void countsInFinally(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Crew.start(
        fork,
        () -> {
          try {
            work(true);
          } catch (IllegalStateException e) {
            return;
          } finally {
            done.countDown();
          }
        });
    done.await();
  }

  @Broken(LostWakeup.class)
  static void countIsSkipped(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Crew.start(
        fork,
        () -> {
          try {
            work(true);
            done.countDown();
          } catch (IllegalStateException e) {
            return;
          }
        });
    done.await();
  }

  @Sound("counts down when the work is done")
  static void countsAfterTheWork(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    AtomicInteger works = new AtomicInteger();
    Task task =
        () -> {
          works.incrementAndGet();
          done.countDown();
        };
    Crew.start(fork, task);
    Crew.start(fork, task);
    done.await();
    Crew.expectEqual(2, works.get());
  }

  @Broken(Wrong.class)
  static void countsBeforeTheWork(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    AtomicInteger works = new AtomicInteger();
    Task task =
        () -> {
          done.countDown();
          works.incrementAndGet();
        };
    Crew.start(fork, task);
    Crew.start(fork, task);
    done.await();
    Crew.expectEqual(2, works.get());
  }

  @Sound("each tells the other before it waits")
  static void tellsBeforeItWaits(Fork fork) throws InterruptedException {
    CountDownLatch one = new CountDownLatch(1);
    CountDownLatch two = new CountDownLatch(1);
    Crew.run(
        fork,
        () -> {
          one.countDown();
          two.await();
        },
        () -> {
          two.countDown();
          one.await();
        });
  }

  @Broken(LostWakeup.class)
  static void waitsBeforeItTells(Fork fork) throws InterruptedException {
    CountDownLatch one = new CountDownLatch(1);
    CountDownLatch two = new CountDownLatch(1);
    Crew.run(
        fork,
        () -> {
          two.await();
          one.countDown();
        },
        () -> {
          one.await();
          two.countDown();
        });
  }

  @Sound("the answer of await tells whether it was in time")
  static void heedsTheTimeout(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicBoolean worked = new AtomicBoolean();
    Crew.start(
        fork,
        () -> {
          worked.set(true);
          done.countDown();
        });
    if (done.await(10, TimeUnit.MILLISECONDS)) {
      Crew.expect(worked.get(), "it worked");
    }
  }

  @Broken(Wrong.class)
  static void ignoresTheTimeout(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicBoolean worked = new AtomicBoolean();
    Crew.start(
        fork,
        () -> {
          worked.set(true);
          done.countDown();
        });
    boolean unused = done.await(10, TimeUnit.MILLISECONDS);
    Crew.expect(worked.get(), "it worked");
  }

  @Broken(LostWakeup.class)
  static void oneMoreThanThereAre(Fork fork) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    Crew.start(fork, done::countDown);
    Crew.start(fork, done::countDown);
    done.await();
  }
}
