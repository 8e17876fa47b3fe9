package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Numbers that are odd while somebody writes, with {@link VarHandle}'s modes and fences. */
final class SequenceLocks {

  private static final String OPAQUE =
      "VarHandle: all accesses are opaque or stronger, so that none races; its fences order them";

  private static final VarHandle NUMBER;
  private static final VarHandle LEFT;
  private static final VarHandle RIGHT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NUMBER = lookup.findVarHandle(SequenceLocks.class, "number", int.class);
      LEFT = lookup.findVarHandle(SequenceLocks.class, "left", long.class);
      RIGHT = lookup.findVarHandle(SequenceLocks.class, "right", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int number;
  private long left;
  private long right;
  private long seen;

  private SequenceLocks() {}

  private static void expect(long expected, long actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void set(long both) {
    int before = (int) NUMBER.getOpaque(this);
    NUMBER.setOpaque(this, before + 1);
    VarHandle.releaseFence();
    LEFT.setOpaque(this, both);
    RIGHT.setOpaque(this, both);
    NUMBER.setRelease(this, before + 2);
  }

  private long get() {
    while (true) {
      int before = (int) NUMBER.getAcquire(this);
      long one = (long) LEFT.getOpaque(this);
      long other = (long) RIGHT.getOpaque(this);
      VarHandle.acquireFence();
      if (before % 2 == 0 && before == (int) NUMBER.getOpaque(this)) {
        expect(one, other);
        return one;
      }
      Thread.yield();
    }
  }

  @RaceFree(OPAQUE)
  static void oneWriter(Fork fork) throws InterruptedException {
    SequenceLocks pair = new SequenceLocks();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 20; i++) {
            pair.set(i);
          }
        },
        () -> {
          while (pair.seen < 20) {
            pair.seen = pair.get();
            Thread.yield();
          }
        });
    expect(20, pair.seen);
    expect(20, pair.left);
  }

  @RaceFree(OPAQUE + "; VarHandle.compareAndSet makes the number odd for one writer at a time")
  static void twoWriters(Fork fork) throws InterruptedException {
    SequenceLocks pair = new SequenceLocks();
    Runnable add =
        () -> {
          for (int i = 0; i < 10; i++) {
            pair.addOne();
          }
        };
    TwoThreads.together(fork, add, add);
    expect(20, pair.get());
    expect(40, pair.number);
  }

  private void addOne() {
    int before = (int) NUMBER.getVolatile(this);
    while (before % 2 != 0 || !NUMBER.compareAndSet(this, before, before + 1)) {
      Thread.yield();
      before = (int) NUMBER.getVolatile(this);
    }
    VarHandle.fullFence();
    LEFT.setOpaque(this, left + 1);
    RIGHT.setOpaque(this, right + 1);
    NUMBER.setVolatile(this, before + 2);
  }

  @Racy
  static void plainReadBetweenTheNumbers(Fork fork) throws InterruptedException {
    SequenceLocks pair = new SequenceLocks();
    // The other way round the reader would acquire what the writer released.
    TwoThreads.inTurn(
        fork,
        () -> {
          int before = (int) NUMBER.getAcquire(pair);
          long value = pair.left; // race: plainReadBetweenTheNumbers
          VarHandle.acquireFence();
          pair.seen = before == (int) NUMBER.getOpaque(pair) ? value : -1;
        },
        () -> {
          NUMBER.setOpaque(pair, 1);
          VarHandle.releaseFence();
          pair.left = 5; // race: plainReadBetweenTheNumbers
          NUMBER.setRelease(pair, 2);
        });
  }

  @RaceFree(OPAQUE)
  static void publishedBehindAStoreStoreFence(Fork fork) throws InterruptedException {
    SequenceLocks shared = new SequenceLocks();
    TwoThreads.together(
        fork,
        () -> {
          LEFT.setOpaque(shared, 5L);
          VarHandle.storeStoreFence();
          NUMBER.setOpaque(shared, 1);
        },
        () -> {
          while ((int) NUMBER.getOpaque(shared) == 0) {
            Thread.yield();
          }
          VarHandle.loadLoadFence();
          shared.seen = (long) LEFT.getOpaque(shared);
        });
    expect(5, shared.seen);
  }

  @Racy
  static void plainValueBesideAnOpaqueOne(Fork fork) throws InterruptedException {
    SequenceLocks shared = new SequenceLocks();
    TwoThreads.together(
        fork,
        () -> LEFT.setOpaque(shared, 5L), // race: plainValueBesideAnOpaqueOne
        () -> shared.seen = shared.left); // race: plainValueBesideAnOpaqueOne
  }

  /** A snapshot that is good if nothing was written meanwhile, of two counters. */
  @RaceFree("AtomicInteger.get, incrementAndGet: memory effects of getVolatile and getAndAdd")
  static void stableSnapshot(Fork fork) throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    int[] cells = new int[2];
    Runnable snapshot =
        () -> {
          while (ended.get() < 2) {
            Thread.yield();
          }
          expect(begun.get(), ended.get());
          expect(3, cells[0] + cells[1]);
        };
    Thread reader = fork.thread(snapshot);
    reader.start();
    AtomicInteger next = new AtomicInteger();
    Runnable write =
        () -> {
          begun.incrementAndGet();
          int mine = next.getAndIncrement();
          cells[mine] = mine + 1;
          ended.incrementAndGet();
        };
    TwoThreads.together(fork, write, write);
    reader.join();
    snapshot.run();
  }
}
