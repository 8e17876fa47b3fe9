package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Flow} and {@link SubmissionPublisher}. */
final class Publishers {

  private static final String SUBMIT =
      "SubmissionPublisher: what precedes publishing an item happens before what follows the"
          + " corresponding access by each subscriber";
  private static final String STRICT =
      "Flow.Subscriber: its methods are invoked in strict sequential order for each subscription";

  private Publishers() {}

  private static final class Item {
    private int value;

    Item(int value) {
      this.value = value;
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static ExecutorService pool(Fork fork) {
    return Executors.newFixedThreadPool(2, fork::thread);
  }

  private static final class Summing implements Flow.Subscriber<Item> {
    private final CountDownLatch completed = new CountDownLatch(1);
    private final Consumer<Item> then;
    private Flow.Subscription subscription;
    private int sum;
    private int count;

    Summing(Consumer<Item> then) {
      this.then = then;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Item item) {
      count++;
      sum += item.value;
      then.accept(item);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void onComplete() {
      completed.countDown();
    }
  }

  @RaceFree(SUBMIT + "; " + STRICT)
  static void submittedAndSummed(Fork fork) throws InterruptedException {
    try (ExecutorService pool = pool(fork)) {
      Summing summing = new Summing(item -> {});
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        publisher.subscribe(summing);
        for (int i = 1; i <= 6; i++) {
          publisher.submit(new Item(i));
        }
      }
      summing.completed.await();
      expect(21, summing.sum);
      expect(6, summing.count);
    }
  }

  @RaceFree(SUBMIT)
  static void itemReadByTwoSubscribers(Fork fork) throws InterruptedException {
    try (ExecutorService pool = pool(fork)) {
      Summing one = new Summing(item -> {});
      Summing other = new Summing(item -> {});
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        publisher.subscribe(one);
        publisher.subscribe(other);
        publisher.submit(new Item(3));
        publisher.submit(new Item(4));
      }
      one.completed.await();
      other.completed.await();
      expect(14, one.sum + other.sum);
    }
  }

  /** Hands on what it gets, doubled. */
  private static final class Doubling extends SubmissionPublisher<Item>
      implements Flow.Processor<Item, Item> {
    private Flow.Subscription subscription;
    private int handed;

    Doubling(ExecutorService pool) {
      super(pool, 4);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(2);
    }

    @Override
    public void onNext(Item item) {
      handed++;
      item.value *= 2;
      submit(item);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      closeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      close();
    }
  }

  @RaceFree(SUBMIT + "; " + STRICT)
  static void handedOnByAProcessor(Fork fork) throws InterruptedException {
    try (ExecutorService pool = pool(fork)) {
      Summing summing = new Summing(item -> {});
      Doubling doubling = new Doubling(pool);
      doubling.subscribe(summing);
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        publisher.subscribe(doubling);
        for (int i = 1; i <= 4; i++) {
          publisher.submit(new Item(i));
        }
      }
      summing.completed.await();
      expect(20, summing.sum);
      expect(4, doubling.handed);
    }
  }

  @RaceFree("SubmissionPublisher.consume: its future is complete when the publisher says complete")
  static void consumed(Fork fork) {
    List<Integer> values = new ArrayList<>();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> done;
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        done = publisher.consume(item -> values.add(item.value));
        publisher.submit(new Item(3));
        publisher.submit(new Item(4));
      }
      done.join();
      expect(2, values.size());
    }
  }

  @Racy
  static void changedAfterTheSubmission(Fork fork) throws InterruptedException {
    int[] seen = new int[1];
    Unseen read = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> done;
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        done =
            publisher.consume(
                item -> {
                  seen[0] = item.value; // race: changedAfterTheSubmission
                  read.reached();
                });
        Item item = new Item(3);
        publisher.submit(item);
        read.await();
        item.value = 4; // race: changedAfterTheSubmission
      }
      done.join();
    }
  }

  @Racy
  static void readBeforeTheEnd(Fork fork) {
    int[] seen = new int[2];
    Unseen arrived = new Unseen();
    try (ExecutorService pool = pool(fork);
        SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
      CompletableFuture<Void> unused =
          publisher.consume(
              item -> {
                seen[0] += item.value; // race: readBeforeTheEnd
                arrived.reached();
              });
      publisher.submit(new Item(3));
      arrived.await();
      seen[1] = seen[0]; // race: readBeforeTheEnd
    }
  }

  @Racy
  static void sumSharedByTwoSubscribers(Fork fork) {
    Item total = new Item(0);
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> first;
      CompletableFuture<Void> second;
      try (SubmissionPublisher<Item> publisher = new SubmissionPublisher<>(pool, 4)) {
        first = publisher.consume(item -> add(total, item, one, other));
        second = publisher.consume(item -> add(total, item, other, one));
        publisher.submit(new Item(3));
      }
      first.join();
      second.join();
    }
  }

  private static void add(Item total, Item item, Unseen here, Unseen there) {
    // Otherwise one thread might serve both.
    here.reached();
    there.await();
    total.value += item.value; // race: sumSharedByTwoSubscribers
  }
}
