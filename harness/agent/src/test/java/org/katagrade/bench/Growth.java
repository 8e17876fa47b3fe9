package org.katagrade.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is not a matter of speed once warm: the time to start, the heap that many small objects take
 * which two threads have seen, and the time that each of many virtual threads takes. Run in a JVM
 * of its own, with or without the agent, it prints one figure a line.
 */
final class Growth {

  /** Printed first, so that whoever started the JVM knows how long that took. */
  static final String STARTED = "started";

  static final String HEAP = "heap, MB";

  private static final int OBJECTS = 500_000;

  private int entered;

  private Growth() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println(STARTED);
    System.out.println(HEAP + "\t" + heap());
    for (int threads : new int[] {1_000, 3_000, 10_000, 30_000}) {
      new Growth().virtualThreads(threads); // warms up
      System.out.printf(
          "%,d virtual threads, us each\t%s%n", threads, new Growth().virtualThreads(threads));
    }
  }

  private static final class Point {

    int x;
    int y;
    int z;
    long mass;

    Point(int x, int y, int z, long mass) {
      this.x = x;
      this.y = y;
      this.z = z;
      this.mass = mass;
    }
  }

  private static double heap() throws InterruptedException {
    Point[] points = new Point[OBJECTS];
    for (int i = 0; i < points.length; i++) {
      points[i] = new Point(i, i, i, i);
    }
    Thread second =
        new Thread(
            () -> {
              for (Point point : points) {
                point.x++;
              }
            });
    second.start();
    second.join();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double used = runtime.totalMemory() - runtime.freeMemory();
    Objects.requireNonNull(points[OBJECTS - 1]);
    return used / (1 << 20);
  }

  private double virtualThreads(int count) throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().start(this::enter));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return (System.nanoTime() - start) / 1e3 / count;
  }

  private synchronized void enter() {
    entered++;
  }
}
