package org.katagrade.explored;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Publishers and subscribers of {@code java.util.concurrent.Flow}. */
final class Published {

  private Published() {}

  /** Asks for its elements one by one, or for the first only. */
  private static final class Summing implements Flow.Subscriber<Integer> {
    private final AtomicInteger sum = new AtomicInteger();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final boolean asksAgain;
    private volatile Flow.@Nullable Subscription subscription;

    Summing(boolean asksAgain) {
      this.asksAgain = asksAgain;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Integer element) {
      sum.addAndGet(element);
      if (asksAgain) {
        Objects.requireNonNull(subscription).request(1);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      complete.countDown();
    }

    @Override
    public void onComplete() {
      complete.countDown();
    }
  }

  private static void publish(Fork fork, boolean asksAgain) throws Exception {
    Summing summing = new Summing(asksAgain);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(pool, 2)) {
        publisher.subscribe(summing);
        publisher.submit(1);
        publisher.submit(2);
      }
      summing.complete.await();
    }
    Crew.expectEqual(3, summing.sum.get());
  }

  @Sound("asks for the next when it has got one")
  static void asksForTheNext(Fork fork) throws Exception {
    publish(fork, true);
  }

  @Broken(LostWakeup.class)
  static void asksForTheFirstOnly(Fork fork) throws Exception {
    publish(fork, false);
  }
}
