package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Things that must come one after the other. */
final class Orders {

  private Orders() {}

  private volatile @Nullable String config;
  private volatile boolean stopped;

  @Sound("started when all is there")
  static void setUpBeforeTheStart(Fork fork) throws InterruptedException {
    Orders service = new Orders();
    service.config = "ready";
    Crew.run(fork, () -> Crew.expect(service.config != null, "it is there"));
  }

  @Broken(Wrong.class)
  static void startedTooEarly(Fork fork) throws InterruptedException {
    Orders service = new Orders();
    Thread thread =
        Crew.start(
            fork, () -> Crew.expectEqual(5, Objects.requireNonNull(service.config).length()));
    service.config = "ready";
    thread.join();
  }

  @Broken(Wrong.class)
  static void escapesFromItsConstructor(Fork fork) throws InterruptedException {
    AtomicReference<@Nullable Listener> registry = new AtomicReference<>();
    Crew.run(
        fork,
        () -> new Listener(registry),
        () -> {
          Listener listener = registry.get();
          if (listener != null) {
            Crew.expectEqual(7, listener.value);
          }
        });
  }

  /** Registers itself before it is complete. */
  private static final class Listener {
    private volatile int value;

    Listener(AtomicReference<@Nullable Listener> registry) {
      registry.set(this);
      value = 7;
    }
  }

  private static void stops(Fork fork, boolean asksAgain) throws InterruptedException {
    Orders service = new Orders();
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    Object guard = new Object();
    Crew.run(
        fork,
        () -> {
          if (asksAgain) {
            synchronized (guard) {
              if (!service.stopped) {
                log.add("work");
              }
            }
          } else if (!service.stopped) {
            log.add("work");
          }
        },
        () -> {
          synchronized (guard) {
            service.stopped = true;
            log.add("stop");
          }
        });
    Crew.expectEqual("stop", log.get(log.size() - 1));
  }

  @Sound("asks and works in one block")
  static void noWorkAfterTheStop(Fork fork) throws InterruptedException {
    stops(fork, true);
  }

  @Broken(Wrong.class)
  static void workAfterTheStop(Fork fork) throws InterruptedException {
    stops(fork, false);
  }

  private static void stages(Fork fork, boolean waits) throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    StringBuffer printed = new StringBuffer();
    Crew.run(
        fork,
        () -> {
          second.await();
          printed.append('3');
        },
        () -> {
          if (waits) {
            first.await();
          }
          printed.append('2');
          second.countDown();
        },
        () -> {
          printed.append('1');
          first.countDown();
        });
    Crew.expectEqual("123", printed.toString());
  }

  @Sound("each waits for the one before")
  static void oneTwoThree(Fork fork) throws InterruptedException {
    stages(fork, true);
  }

  @Broken(Wrong.class)
  static void twoDoesNotWait(Fork fork) throws InterruptedException {
    stages(fork, false);
  }

  @Broken({LostWakeup.class, Wrong.class})
  static void zeroEvenOdd(Fork fork) throws InterruptedException {
    Semaphore zero = new Semaphore(1);
    Semaphore even = new Semaphore(0);
    Semaphore odd = new Semaphore(0);
    StringBuffer printed = new StringBuffer();
    Crew.run(
        fork,
        () -> {
          for (int i = 1; i <= 2; i++) {
            zero.acquire();
            printed.append('0');
            odd.release();
          }
        },
        () -> {
          odd.acquire();
          printed.append('1');
          zero.release();
        },
        () -> {
          even.acquire();
          printed.append('2');
          zero.release();
        });
  }

  @Sound("nought lets the right one of both go on")
  static void zeroOddEven(Fork fork) throws InterruptedException {
    Semaphore zero = new Semaphore(1);
    Semaphore even = new Semaphore(0);
    Semaphore odd = new Semaphore(0);
    StringBuffer printed = new StringBuffer();
    Crew.run(
        fork,
        () -> {
          for (int i = 1; i <= 2; i++) {
            zero.acquire();
            printed.append('0');
            (i % 2 == 0 ? even : odd).release();
          }
        },
        () -> {
          odd.acquire();
          printed.append('1');
          zero.release();
        },
        () -> {
          even.acquire();
          printed.append('2');
          zero.release();
        });
    Crew.expectEqual("0102", printed.toString());
  }
}
