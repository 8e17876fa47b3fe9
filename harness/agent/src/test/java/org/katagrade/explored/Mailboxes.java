package org.katagrade.explored;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Actors: a mailbox that is emptied by whoever is scheduled. */
final class Mailboxes {

  private Mailboxes() {}

  /** Processes its messages one by one, on threads of a pool. */
  private static final class Actor {
    private final Queue<Integer> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final CountDownLatch left;
    private final Executor pool;
    private final boolean looksAgain;

    Actor(Executor pool, int expected, boolean looksAgain) {
      this.pool = pool;
      this.looksAgain = looksAgain;
      left = new CountDownLatch(expected);
    }

    void tell(int message) {
      messages.add(message);
      schedule();
    }

    private void schedule() {
      if (scheduled.compareAndSet(false, true)) {
        pool.execute(this::process);
      }
    }

    private void process() {
      while (messages.poll() != null) {
        left.countDown();
      }
      scheduled.set(false);
      if (looksAgain && !messages.isEmpty()) {
        schedule();
      }
    }
  }

  private static void actor(Fork fork, boolean looksAgain) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      Actor actor = new Actor(pool, 2, looksAgain);
      Crew.run(fork, () -> actor.tell(1), () -> actor.tell(2));
      actor.left.await();
    }
  }

  @Sound("looks again when it is no longer scheduled")
  static void looksAgain(Fork fork) throws Exception {
    actor(fork, true);
  }

  @Broken(LostWakeup.class)
  static void messageIsLeft(Fork fork) throws Exception {
    actor(fork, false);
  }

  @Sound("each message is answered in a future of its own")
  static void asksAndIsAnswered(Fork fork) throws Exception {
    BlockingQueue<CompletableFuture<Integer>> questions = new LinkedBlockingQueue<>();
    Thread server =
        Crew.start(
            fork,
            () -> {
              for (int i = 0; i < 2; i++) {
                questions.take().complete(42);
              }
            });
    Crew.run(fork, 2, () -> ask(questions));
    server.join();
  }

  private static void ask(BlockingQueue<CompletableFuture<Integer>> questions) throws Exception {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    questions.put(answer);
    Crew.expectEqual(42, answer.get());
  }

  @Broken(LostWakeup.class)
  static void actorsAskEachOther(Fork fork) throws Exception {
    BlockingQueue<CompletableFuture<Integer>> one = new LinkedBlockingQueue<>();
    BlockingQueue<CompletableFuture<Integer>> two = new LinkedBlockingQueue<>();
    Crew.run(
        fork,
        () -> {
          ask(two);
          one.take().complete(42);
        },
        () -> {
          ask(one);
          two.take().complete(42);
        });
  }
}
