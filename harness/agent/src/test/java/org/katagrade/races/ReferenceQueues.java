package org.katagrade.races;

import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ReferenceQueue} and {@link Cleaner}. */
final class ReferenceQueues {

  private static final String FENCE =
      "java.lang.ref: what precedes reachabilityFence happens before what follows the removal of a"
          + " reference from its queue";
  private static final String CLEANED =
      "java.lang.ref: what precedes reachabilityFence happens before the cleaning action";
  private static final String ENQUEUED =
      "java.lang.ref: enqueueing a reference happens before its removal from the queue";

  private ReferenceQueues() {}

  private static final class State implements Runnable {
    int value;
    final AtomicBoolean cleaned = new AtomicBoolean();

    @Override
    public void run() {
      int seen = value; // race: changedAfterTheLastFence
      cleaned.set(seen >= 0);
    }
  }

  private static final class Handle extends PhantomReference<Object> {
    int value;

    Handle(Object owner, ReferenceQueue<Object> queue) {
      super(owner, queue);
    }
  }

  private static void awaitCleaning(State state) throws InterruptedException {
    while (!state.cleaned.get()) {
      System.gc();
      Thread.sleep(1);
    }
  }

  private static <T> Reference<? extends T> awaitReference(ReferenceQueue<T> queue)
      throws InterruptedException {
    Reference<? extends T> reference = queue.remove(1);
    while (reference == null) {
      System.gc();
      reference = queue.remove(10);
    }
    return reference;
  }

  @RaceFree(CLEANED)
  static void cleanedAfterTheFence(Fork fork) throws InterruptedException {
    Cleaner cleaner = Cleaner.create();
    State state = new State();
    TwoThreads.together(
        fork,
        () -> {
          Object owner = new Object();
          cleaner.register(owner, state);
          state.value = 7;
          Reference.reachabilityFence(owner);
        },
        Checked.task(() -> awaitCleaning(state)));
  }

  @Racy
  static void changedAfterTheLastFence(Fork fork) throws InterruptedException {
    Cleaner cleaner = Cleaner.create();
    State state = new State();
    TwoThreads.together(
        fork,
        () -> {
          Object owner = new Object();
          cleaner.register(owner, state);
          Reference.reachabilityFence(owner);
          state.value = 7; // race: changedAfterTheLastFence
        },
        Checked.task(() -> awaitCleaning(state)));
  }

  @RaceFree(FENCE)
  static void removedAfterTheFence(Fork fork) throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Handle[] handles = new Handle[1];
    TwoThreads.together(
        fork,
        () -> {
          Object owner = new Object();
          Handle handle = new Handle(owner, queue);
          handles[0] = handle;
          handle.value = 7;
          Reference.reachabilityFence(owner);
        },
        Checked.task(
            () -> {
              Handle handle = (Handle) awaitReference(queue);
              handle.value++;
              handles[0] = null;
            }));
  }

  @Racy
  static void changedAfterTheFence(Fork fork) throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Handle[] handles = new Handle[1];
    TwoThreads.together(
        fork,
        () -> {
          Object owner = new Object();
          Handle handle = new Handle(owner, queue);
          handles[0] = handle;
          Reference.reachabilityFence(owner);
          handle.value = 7; // race: changedAfterTheFence
        },
        Checked.task(
            () -> {
              Handle handle = (Handle) awaitReference(queue);
              int seen = handle.value; // race: changedAfterTheFence
            }));
  }

  private static final class Box {
    int value;
  }

  private static void enqueued(Fork fork, Runnable before, Runnable after, Runnable removed)
      throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Object owner = new Object();
    WeakReference<@Nullable Object> reference = new WeakReference<>(owner, queue);
    TwoThreads.together(
        fork,
        () -> {
          before.run();
          if (!reference.enqueue()) {
            throw new IllegalStateException("was enqueued");
          }
          after.run();
        },
        () -> {
          while (queue.poll() == null) {
            Thread.yield();
          }
          removed.run();
        });
    Reference.reachabilityFence(owner);
  }

  @RaceFree(ENQUEUED)
  static void removedAfterItWasEnqueued(Fork fork) throws InterruptedException {
    Box box = new Box();
    enqueued(fork, () -> box.value = 7, () -> {}, () -> box.value++);
  }

  @Racy
  static void changedAfterItWasEnqueued(Fork fork) throws InterruptedException {
    Box box = new Box();
    enqueued(
        fork,
        () -> {},
        () -> box.value = 7, // race: changedAfterItWasEnqueued
        () -> box.value++); // race: changedAfterItWasEnqueued
  }
}
