package org.katagrade.races;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Objects published with a mark, a stamp or a version, by atomics and field updaters. */
final class AtomicPairs {

  private static final String ATOMICS =
      "VarHandle.compareAndSet, getAndSet: memory semantics of setVolatile and getVolatile";

  private static final AtomicReferenceFieldUpdater<AtomicPairs, @Nullable AtomicPairs> NEXT =
      AtomicReferenceFieldUpdater.newUpdater(AtomicPairs.class, AtomicPairs.class, "next");
  private static final AtomicLongFieldUpdater<AtomicPairs> VERSION =
      AtomicLongFieldUpdater.newUpdater(AtomicPairs.class, "version");

  private int value;
  private int seen;
  private volatile @Nullable AtomicPairs next;
  private volatile long version;

  private AtomicPairs() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree("AtomicReferenceFieldUpdater: compareAndSet and set as for volatiles")
  static void listByAnUpdater(Fork fork) throws InterruptedException {
    AtomicPairs head = new AtomicPairs();
    Runnable push =
        () -> {
          for (int i = 1; i <= 5; i++) {
            AtomicPairs node = new AtomicPairs();
            node.value = i;
            @Nullable AtomicPairs first;
            do {
              first = NEXT.get(head);
              node.seen = first == null ? 0 : first.value;
              NEXT.lazySet(node, first);
            } while (!NEXT.compareAndSet(head, first, node));
          }
        };
    TwoThreads.together(fork, push, push);
    int sum = 0;
    for (AtomicPairs node = head.next; node != null; node = node.next) {
      sum += node.value;
    }
    expect(30, sum);
  }

  @RaceFree("AtomicLongFieldUpdater.getAndAdd, a read of the volatile field itself")
  static void versionByAnUpdater(Fork fork) throws InterruptedException {
    AtomicPairs shared = new AtomicPairs();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          VERSION.getAndIncrement(shared);
        },
        () -> {
          while (shared.version == 0) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(5, shared.seen);
  }

  @RaceFree(ATOMICS)
  static void stampReadWithTheReference(Fork fork) throws InterruptedException {
    AtomicStampedReference<AtomicPairs> current =
        new AtomicStampedReference<>(new AtomicPairs(), 0);
    Runnable replace =
        () -> {
          int[] stamp = new int[1];
          AtomicPairs old;
          AtomicPairs changed;
          do {
            old = current.get(stamp);
            changed = new AtomicPairs();
            changed.value = old.value + 1;
          } while (!current.compareAndSet(old, changed, stamp[0], stamp[0] + 1));
        };
    TwoThreads.together(fork, replace, replace);
    expect(2, current.getReference().value);
    expect(2, current.getStamp());
  }

  @RaceFree("AtomicMarkableReference.attemptMark sets the mark, get reads both")
  static void markedWhenFinished(Fork fork) throws InterruptedException {
    AtomicPairs box = new AtomicPairs();
    AtomicMarkableReference<AtomicPairs> finished = new AtomicMarkableReference<>(box, false);
    TwoThreads.together(
        fork,
        () -> {
          box.value = 5;
          // May fail although nobody else writes.
          while (!finished.attemptMark(box, true)) {
            Thread.yield();
          }
        },
        () -> {
          boolean[] mark = new boolean[1];
          AtomicPairs content = finished.get(mark);
          while (!mark[0]) {
            Thread.yield();
            content = finished.get(mark);
          }
          content.seen = content.value;
        });
    expect(5, box.seen);
  }

  @RaceFree("AtomicReference.accumulateAndGet: memory effects of VarHandle.compareAndSet")
  static void longestSoFar(Fork fork) throws InterruptedException {
    AtomicReference<AtomicPairs> longest = new AtomicReference<>(new AtomicPairs());
    AtomicIntegerArray offers = new AtomicIntegerArray(1);
    Runnable offer =
        () -> {
          for (int i = 0; i < 5; i++) {
            AtomicPairs mine = new AtomicPairs();
            mine.value = offers.addAndGet(0, 3);
            longest.accumulateAndGet(mine, (a, b) -> a.value >= b.value ? a : b);
          }
        };
    TwoThreads.together(fork, offer, offer);
    expect(30, longest.get().value);
  }

  @RaceFree("AtomicReferenceArray.getAndSet: memory effects of VarHandle.getAndSet")
  static void mailboxes(Fork fork) throws InterruptedException {
    AtomicReferenceArray<int @Nullable []> boxes = new AtomicReferenceArray<>(2);
    int[] received = new int[2];
    TwoThreads.together(
        fork, () -> sendAndReceive(boxes, received, 0), () -> sendAndReceive(boxes, received, 1));
    expect(1 + 2 + 3, received[0]);
    expect(11 + 12 + 13, received[1]);
  }

  private static void sendAndReceive(
      AtomicReferenceArray<int @Nullable []> boxes, int[] received, int mine) {
    for (int i = 1; i <= 3; i++) {
      int[] letter = {10 * (1 - mine) + i};
      while (!boxes.compareAndSet(1 - mine, null, letter)) {
        Thread.yield();
      }
      int[] answer = boxes.getAndSet(mine, null);
      while (answer == null) {
        Thread.yield();
        answer = boxes.getAndSet(mine, null);
      }
      received[mine] += answer[0];
    }
  }

  @Racy
  static void changedAfterItWasStamped(Fork fork) throws InterruptedException {
    AtomicStampedReference<AtomicPairs> current =
        new AtomicStampedReference<>(new AtomicPairs(), 0);
    AtomicPairs changed = new AtomicPairs();
    TwoThreads.together(
        fork,
        () -> {
          current.set(changed, 1);
          changed.value = 5; // race: changedAfterItWasStamped
        },
        () -> {
          int[] stamp = new int[1];
          AtomicPairs content = current.get(stamp);
          while (stamp[0] == 0) {
            Thread.yield();
            content = current.get(stamp);
          }
          content.seen = content.value; // race: changedAfterItWasStamped
        });
  }

  @Racy
  static void readAfterAFailedAttempt(Fork fork) throws InterruptedException {
    AtomicPairs shared = new AtomicPairs();
    Unseen written = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: readAfterAFailedAttempt
          // Releases nothing: it expects what never was.
          VERSION.compareAndSet(shared, 7, 8);
          written.reached();
        },
        () -> {
          written.await();
          if (VERSION.get(shared) == 0) {
            shared.seen = shared.value; // race: readAfterAFailedAttempt
          }
        });
  }
}
