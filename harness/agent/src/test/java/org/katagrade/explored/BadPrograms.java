package org.katagrade.explored;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explored.Fork;

/** Programs that nobody should write; {@code BadProgramsIT} says what becomes of each. */
final class BadPrograms {

  private static boolean plain;

  private BadPrograms() {}

  static void spinsOnAPlainField(Fork fork) throws InterruptedException {
    plain = false;
    Crew.run(
        fork,
        () -> {
          while (!plain) {}
        },
        () -> plain = true);
  }

  static void loopsWithoutAStep(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        () -> {
          long count = 0;
          while (true) {
            count++;
          }
        });
  }

  static void writesAFile(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        2,
        () -> {
          Path file = Files.createTempFile("explored", ".txt");
          Files.writeString(file, "written");
          Crew.expectEqual("written", Files.readString(file));
          Files.delete(file);
        });
  }

  static void talksToItself(Fork fork) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Crew.run(
          fork,
          () -> {
            try (Socket socket = server.accept()) {
              socket.getOutputStream().write(7);
            }
          },
          () -> {
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
              Crew.expectEqual(7, socket.getInputStream().read());
            }
          });
    }
  }

  static void startsAProcess(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        () -> {
          String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
          Process process =
              new ProcessBuilder(java, "--version")
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
          Crew.expectEqual(0, process.waitFor());
        });
  }

  static void exits(Fork fork) throws InterruptedException {
    Crew.run(fork, () -> System.exit(3));
  }

  static void halts(Fork fork) throws InterruptedException {
    Crew.run(fork, () -> Runtime.getRuntime().halt(4));
  }

  /** Is initialised when another thread has opened the gate. */
  private static final class Blocking {
    static final CountDownLatch GATE = Gates.GATE;

    static {
      try {
        GATE.await();
      } catch (InterruptedException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private Blocking() {}

    static void touch() {}
  }

  private static final class Gates {
    static final CountDownLatch GATE = new CountDownLatch(1);

    private Gates() {}
  }

  static void initialiserBlocks(Fork fork) throws InterruptedException {
    Crew.run(fork, Blocking::touch, Gates.GATE::countDown);
  }

  /** Two classes that need each other, which two threads begin with at the same time. */
  private static final class One {
    static final int NUMBER = Other.number();

    private One() {}

    static int number() {
      return 1;
    }
  }

  private static final class Other {
    static final int NUMBER = One.number();

    private Other() {}

    static int number() {
      return 2;
    }
  }

  static void initialisersNeedEachOther(Fork fork) throws InterruptedException {
    Crew.run(fork, () -> Crew.expectEqual(2, One.NUMBER), () -> Crew.expectEqual(1, Other.NUMBER));
  }

  static void overflowsTheStack(Fork fork) throws InterruptedException {
    AtomicInteger depth = new AtomicInteger();
    Crew.run(fork, () -> deeper(depth));
  }

  private static void deeper(AtomicInteger depth) {
    depth.incrementAndGet();
    deeper(depth);
    depth.decrementAndGet();
  }

  static void throwsWhereNobodyJoins(Fork fork) {
    Crew.start(
        fork,
        () -> {
          throw new IllegalStateException("nobody joins");
        });
  }

  static void nestsExecutors(Fork fork) throws Exception {
    AtomicInteger leaves = new AtomicInteger();
    try (ExecutorService outer = Executors.newFixedThreadPool(2, fork::thread)) {
      for (int i = 0; i < 2; i++) {
        outer.submit(
            () -> {
              try (ExecutorService inner = Executors.newThreadPerTaskExecutor(fork::thread)) {
                inner.submit(leaves::incrementAndGet);
                inner.submit(leaves::incrementAndGet);
              }
            });
      }
    }
    Crew.expectEqual(4, leaves.get());
  }

  static void startsTwoHundredThreads(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 200, count::incrementAndGet);
    Crew.expectEqual(200, count.get());
  }

  static void interruptsAtEveryPoint(Fork fork) throws InterruptedException {
    Object monitor = new Object();
    Semaphore permits = new Semaphore(0);
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    Lock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    AtomicInteger ended = new AtomicInteger();
    List<Task> waits =
        List.of(
            () -> Thread.sleep(Duration.ofDays(1)),
            () -> {
              synchronized (monitor) {
                monitor.wait();
              }
            },
            permits::acquire,
            queue::take,
            () -> {
              lock.lockInterruptibly();
              try {
                never.await();
              } finally {
                lock.unlock();
              }
            },
            () -> new CountDownLatch(1).await(1, TimeUnit.DAYS));
    Thread waiting =
        Crew.start(
            fork,
            () -> {
              for (Task wait : waits) {
                try {
                  // Comes back by itself only where time has passed.
                  wait.run();
                  ended.incrementAndGet();
                } catch (InterruptedException e) {
                  ended.incrementAndGet();
                }
              }
            });
    while (waiting.isAlive()) {
      waiting.interrupt();
      Thread.yield();
    }
    Crew.expectEqual(waits.size(), ended.get());
  }

  static void catchesEverything(Fork fork) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Crew.run(
        fork,
        2,
        () -> {
          while (true) {
            try {
              never.await();
            } catch (Throwable e) {
              never.getCount();
            }
          }
        });
  }

  static void catchesEverythingUnderAMonitor(Fork fork) throws InterruptedException {
    Object monitor = new Object();
    Map<Integer, Integer> map = new ConcurrentHashMap<>();
    Crew.run(
        fork,
        2,
        () ->
            map.compute(
                1,
                (key, value) -> {
                  synchronized (monitor) {
                    while (true) {
                      try {
                        monitor.wait();
                      } catch (Throwable e) {
                        map.size();
                      }
                    }
                  }
                }));
  }
}
