package org.katagrade.explored;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/**
 * The programs of SCTBench's suite CS, and one of CB, told anew in Java from what is published of
 * them. Their shared variables are volatile, so that what is wrong is the order and not the access.
 */
final class SctBenchPrograms {

  private SctBenchPrograms() {}

  private volatile int a;
  private volatile int b;
  private volatile int c;
  private volatile boolean flag;
  private volatile boolean other;
  private final Lock lock = new ReentrantLock();
  private final Lock second = new ReentrantLock();

  private static void with(Lock lock, Task task) throws Exception {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  /** CS.account: the flags say that all is done before it is. */
  @Broken(Wrong.class)
  static void account(Fork fork) throws InterruptedException {
    SctBenchPrograms account = new SctBenchPrograms();
    account.a = 10;
    Crew.run(
        fork,
        () -> {
          account.flag = true;
          with(account.lock, () -> account.a += 5);
        },
        () -> {
          account.other = true;
          with(account.lock, () -> account.a -= 3);
        },
        () ->
            with(
                account.lock,
                () -> {
                  if (account.flag && account.other) {
                    Crew.expectEqual(12, account.a);
                  }
                }));
  }

  /** CS.arithmetic_prog: one counts, the other sums up what it sees. */
  @Broken(Wrong.class)
  static void arithmeticProg(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    int last = 3;
    Crew.run(
        fork,
        () -> {
          for (int i = 1; i <= last; i++) {
            int number = i;
            with(shared.lock, () -> shared.a = number);
          }
        },
        () -> {
          int seen = 0;
          int sum = 0;
          while (seen < last) {
            if (shared.a != seen) {
              seen = shared.a;
              sum += seen;
            } else {
              Thread.yield();
            }
          }
          Crew.expectEqual(6, sum);
        });
  }

  /** CS.bluetooth_driver: a request begins although the driver has been stopped. */
  @Broken(Wrong.class)
  static void bluetoothDriver(Fork fork) throws InterruptedException {
    AtomicInteger pending = new AtomicInteger(1);
    AtomicBoolean stopping = new AtomicBoolean();
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch idle = new CountDownLatch(1);
    Task close =
        () -> {
          if (pending.decrementAndGet() == 0) {
            idle.countDown();
          }
        };
    Crew.run(
        fork,
        () -> {
          stopping.set(true);
          close.run();
          idle.await();
          stopped.set(true);
        },
        () -> {
          if (stopping.get()) {
            return;
          }
          pending.incrementAndGet();
          Crew.expect(!stopped.get(), "it has not been stopped");
          close.run();
        });
  }

  /** CS.carter01: which lock comes first depends on who is there already. */
  @Broken(Deadlock.class)
  static void carter01(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Lock main = new ReentrantLock();
    Crew.run(
        fork,
        () -> {
          with(
              main,
              () -> {
                shared.a++;
                if (shared.a == 1) {
                  shared.lock.lock();
                }
              });
          try {
            with(main, () -> shared.a--);
          } finally {
            shared.lock.unlock();
          }
        },
        () ->
            with(
                shared.lock,
                () ->
                    with(
                        main,
                        () -> {
                          shared.b++;
                        })));
  }

  /** CS.circular_buffer: the place is given away before it is empty. */
  @Broken(Wrong.class)
  static void circularBuffer(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    AtomicIntegerArray cells = new AtomicIntegerArray(1);
    Semaphore free = new Semaphore(1);
    Semaphore used = new Semaphore(0);
    Crew.run(
        fork,
        () -> {
          for (int i = 1; i <= 2; i++) {
            free.acquire();
            cells.set(shared.a % 1, i);
            used.release();
          }
        },
        () -> {
          for (int i = 1; i <= 2; i++) {
            used.acquire();
            free.release();
            Crew.expectEqual(i, cells.get(shared.b % 1));
          }
        });
  }

  /** CS.deadlock01. */
  @Broken(Deadlock.class)
  static void deadlock01(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Crew.run(
        fork,
        () -> with(shared.lock, () -> with(shared.second, () -> shared.a++)),
        () -> with(shared.second, () -> with(shared.lock, () -> shared.a--)));
  }

  private static void dine(Fork fork, int count) throws InterruptedException {
    Lock[] forks = new Lock[count];
    Arrays.setAll(forks, i -> new ReentrantLock());
    Task[] philosophers = new Task[count];
    for (int i = 0; i < count; i++) {
      Lock left = forks[i];
      Lock right = forks[(i + 1) % count];
      philosophers[i] = () -> with(left, () -> with(right, () -> {}));
    }
    Crew.run(fork, philosophers);
  }

  @Broken(Deadlock.class)
  static void dinPhil2(Fork fork) throws InterruptedException {
    dine(fork, 2);
  }

  @Broken(Deadlock.class)
  static void dinPhil3(Fork fork) throws InterruptedException {
    dine(fork, 3);
  }

  @Broken(Deadlock.class)
  static void dinPhil4(Fork fork) throws InterruptedException {
    dine(fork, 4);
  }

  @Broken(Deadlock.class)
  static void dinPhil5(Fork fork) throws InterruptedException {
    dine(fork, 5);
  }

  @Broken(Deadlock.class)
  static void dinPhil6(Fork fork) throws InterruptedException {
    dine(fork, 6);
  }

  @Broken(Deadlock.class)
  static void dinPhil7(Fork fork) throws InterruptedException {
    dine(fork, 7);
  }

  /** CS.fsbench: files look for a block; which is busy is written down too late. */
  @Broken(Wrong.class)
  static void fsbench(Fork fork) throws InterruptedException {
    AtomicIntegerArray owners = new AtomicIntegerArray(8);
    AtomicIntegerArray busy = new AtomicIntegerArray(8);
    Task[] files = new Task[6];
    for (int i = 0; i < files.length; i++) {
      int file = i + 1;
      files[i] =
          () -> {
            int block = file % 2;
            while (busy.get(block) != 0) {
              block = (block + 1) % busy.length();
            }
            busy.set(block, file);
            Crew.expectEqual(1, owners.incrementAndGet(block));
          };
    }
    Crew.run(fork, files);
  }

  /** CS.lazy01. */
  @Broken(Wrong.class)
  static void lazy01(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Crew.run(
        fork,
        () -> with(shared.lock, () -> shared.a++),
        () -> with(shared.lock, () -> shared.a += 2),
        () -> with(shared.lock, () -> Crew.expect(shared.a < 3, "less than three")));
  }

  /** CS.phase01: in the second phase the locks are taken the other way round. */
  @Broken(Deadlock.class)
  static void phase01(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Crew.run(
        fork,
        2,
        () -> {
          with(shared.lock, () -> with(shared.second, () -> shared.a++));
          with(shared.second, () -> with(shared.lock, () -> shared.b++));
        });
  }

  /** CS.queue: an element is announced before it is in its place. */
  @Broken(Wrong.class)
  static void queue(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    AtomicIntegerArray elements = new AtomicIntegerArray(3);
    Crew.run(
        fork,
        () -> {
          for (int i = 0; i < 3; i++) {
            int at = i;
            with(shared.lock, () -> shared.a++);
            with(shared.lock, () -> elements.set(at, at + 1));
          }
        },
        () -> {
          for (int i = 0; i < 3; i++) {
            int at = i;
            with(
                shared.lock,
                () -> {
                  if (shared.a > at) {
                    Crew.expectEqual(at + 1, elements.get(at));
                  }
                });
          }
        });
  }

  private static void reorder(Fork fork, int setters) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Task[] tasks = new Task[setters + 1];
    Arrays.fill(
        tasks,
        0,
        setters,
        (Task)
            () -> {
              shared.a = 1;
              shared.b = -1;
            });
    tasks[setters] =
        () -> {
          int first = shared.a;
          int then = shared.b;
          Crew.expect((first == 0 && then == 0) || (first == 1 && then == -1), "both or none");
        };
    Crew.run(fork, tasks);
  }

  @Broken(Wrong.class)
  static void reorder3(Fork fork) throws InterruptedException {
    reorder(fork, 2);
  }

  @Broken(Wrong.class)
  static void reorder4(Fork fork) throws InterruptedException {
    reorder(fork, 3);
  }

  @Broken(Wrong.class)
  static void reorder5(Fork fork) throws InterruptedException {
    reorder(fork, 4);
  }

  @Broken(Wrong.class)
  static void reorder10(Fork fork) throws InterruptedException {
    reorder(fork, 9);
  }

  @Broken(Wrong.class)
  static void reorder20(Fork fork) throws InterruptedException {
    reorder(fork, 19);
  }

  @Broken(Wrong.class)
  static void reorder100(Fork fork) throws InterruptedException {
    reorder(fork, 99);
  }

  /** CS.stack: the flag is raised before something is on the stack. */
  @Broken(Wrong.class)
  static void stack(Fork fork) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Crew.run(
        fork,
        () -> {
          for (int i = 0; i < 2; i++) {
            with(shared.lock, () -> shared.a++);
            shared.flag = true;
          }
        },
        () -> {
          for (int i = 0; i < 2; i++) {
            if (shared.flag) {
              with(
                  shared.lock,
                  () -> {
                    Crew.expect(shared.a > 0, "there is something on it");
                    shared.a--;
                  });
            }
          }
        });
  }

  private static void sync(Fork fork, int rounds, boolean told) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Condition empty = shared.lock.newCondition();
    Condition full = shared.lock.newCondition();
    Crew.run(
        fork,
        () -> {
          for (int i = 0; i < rounds; i++) {
            with(
                shared.lock,
                () -> {
                  while (shared.a > 0) {
                    empty.await();
                  }
                  shared.a++;
                  full.signal();
                });
          }
        },
        () -> {
          for (int i = 0; i < rounds; i++) {
            with(
                shared.lock,
                () -> {
                  while (shared.a == 0) {
                    full.await();
                  }
                  shared.a--;
                  if (told) {
                    empty.signal();
                  }
                });
          }
        });
  }

  @Sound("CS.sync01: one round needs nobody to tell that it is empty")
  static void sync01Right(Fork fork) throws InterruptedException {
    sync(fork, 1, false);
  }

  @Broken(LostWakeup.class)
  static void sync01(Fork fork) throws InterruptedException {
    sync(fork, 2, false);
  }

  @Sound("CS.sync02: each tells the other")
  static void sync02Right(Fork fork) throws InterruptedException {
    sync(fork, 3, true);
  }

  @Broken(LostWakeup.class)
  static void sync02(Fork fork) throws InterruptedException {
    sync(fork, 3, false);
  }

  /** CS.token_ring: each adds one to what its neighbour has. */
  @Broken(Wrong.class)
  static void tokenRing(Fork fork) throws InterruptedException {
    SctBenchPrograms ring = new SctBenchPrograms();
    Crew.run(
        fork,
        () -> with(ring.lock, () -> ring.a = (ring.c + 1) % 4),
        () -> with(ring.lock, () -> ring.b = ring.a),
        () -> with(ring.lock, () -> ring.c = ring.b),
        () -> with(ring.lock, () -> Crew.expect(ring.a == ring.b && ring.b == ring.c, "equal")));
  }

  private static void twostage(Fork fork, int writers, int readers) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Task[] tasks = new Task[writers + readers];
    Arrays.fill(
        tasks,
        0,
        writers,
        (Task)
            () -> {
              with(shared.lock, () -> shared.a = 1);
              with(shared.second, () -> shared.b = shared.a + 1);
            });
    Arrays.fill(
        tasks,
        writers,
        tasks.length,
        (Task)
            () -> {
              int[] seen = new int[2];
              with(shared.lock, () -> seen[0] = shared.a);
              if (seen[0] != 0) {
                with(shared.second, () -> seen[1] = shared.b);
                Crew.expectEqual(seen[0] + 1, seen[1]);
              }
            });
    Crew.run(fork, tasks);
  }

  @Broken(Wrong.class)
  static void twostage(Fork fork) throws InterruptedException {
    twostage(fork, 1, 1);
  }

  @Broken(Wrong.class)
  static void twostage100(Fork fork) throws InterruptedException {
    twostage(fork, 99, 1);
  }

  private static void wronglock(Fork fork, int others) throws InterruptedException {
    SctBenchPrograms shared = new SctBenchPrograms();
    Task[] tasks = new Task[others + 1];
    Arrays.fill(tasks, (Task) () -> with(shared.second, () -> shared.a++));
    tasks[0] =
        () ->
            with(
                shared.lock,
                () -> {
                  int before = shared.a;
                  shared.b = before;
                  Crew.expectEqual(before, shared.a);
                });
    Crew.run(fork, tasks);
  }

  @Broken(Wrong.class)
  static void wronglock(Fork fork) throws InterruptedException {
    wronglock(fork, 7);
  }

  @Broken(Wrong.class)
  static void wronglock3(Fork fork) throws InterruptedException {
    wronglock(fork, 3);
  }

  /** A text whose methods are synchronised one by one. */
  private static final class Text {
    private char[] chars;
    private int length;

    Text(String text) {
      chars = text.toCharArray();
      length = chars.length;
    }

    synchronized int length() {
      return length;
    }

    synchronized void clear() {
      length = 0;
    }

    synchronized void copyTo(char[] target, int count) {
      if (count > length) {
        throw new IndexOutOfBoundsException(count + " of " + length);
      }
      System.arraycopy(chars, 0, target, 0, count);
    }

    synchronized void append(Text text) {
      int count = text.length();
      char[] all = new char[count];
      text.copyTo(all, count);
      chars = all;
      length = count;
    }
  }

  /** CB.stringbuffer: the other one shrinks between its length and its characters. */
  @Broken(Wrong.class)
  static void stringbuffer(Fork fork) throws InterruptedException {
    Text one = new Text("one");
    Text other = new Text("other");
    Crew.run(fork, () -> one.append(other), other::clear);
  }
}
