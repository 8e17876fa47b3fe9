package org.katagrade.agent.order;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * {@link SubmissionPublisher} and {@link Flow}: "Actions in a thread prior to publishing an item
 * happen-before actions subsequent to the corresponding access by each subscriber"; the methods of
 * a subscriber are called "in strict sequential order". Those are woven where they are.
 */
public final class Publishers {

  private static final WeakIdentityMap<Object, WeakReference<Object>> PUBLISHERS =
      new WeakIdentityMap<>();

  private Publishers() {}

  /** Runs for one item after another. */
  private record EachItem(SyncVar order) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      order.acquire(thread);
      if (first != null) {
        Order.of(first).acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      order.release(thread);
    }
  }

  /** A subscriber's method begins; the item is null where there is none. */
  static void begins(Object subscriber, @Nullable Object item, ThreadState thread) {
    Order.of(subscriber).acquire(thread);
    if (item != null) {
      Order.of(item).acquire(thread);
    }
    WeakReference<Object> known = PUBLISHERS.get(subscriber);
    Object publisher = known == null ? null : known.get();
    if (publisher != null && item == null) {
      Order.of(publisher).acquire(thread);
    }
  }

  private static void published(@Nullable Object item) {
    if (item != null) {
      Order.of(item).release(ThreadState.current());
    }
  }

  public static void subscribe(
      SubmissionPublisher<Object> publisher, Flow.Subscriber<Object> subscriber) {
    if (subscriber != null) {
      Order.of(subscriber).release(ThreadState.current());
      PUBLISHERS.put(subscriber, new WeakReference<>(publisher));
    }
    publisher.subscribe(subscriber);
  }

  public static CompletableFuture<Void> consume(
      SubmissionPublisher<Object> publisher, Consumer<Object> consumer) {
    SyncVar order = new SyncVar();
    order.release(ThreadState.current());
    CompletableFuture<Void> done =
        publisher.consume(
            consumer == null ? consumer : Callbacks.carried(consumer, new EachItem(order)));
    Order.alias(done, order);
    return done;
  }

  public static int submit(SubmissionPublisher<Object> publisher, Object item) {
    published(item);
    return publisher.submit(item);
  }

  public static int offer(
      SubmissionPublisher<Object> publisher,
      Object item,
      BiPredicate<Flow.Subscriber<Object>, Object> onDrop) {
    published(item);
    return publisher.offer(item, onDrop);
  }

  public static int offer(
      SubmissionPublisher<Object> publisher,
      Object item,
      long time,
      TimeUnit unit,
      BiPredicate<Flow.Subscriber<Object>, Object> onDrop) {
    published(item);
    return publisher.offer(item, time, unit, onDrop);
  }

  public static void close(SubmissionPublisher<Object> publisher) {
    published(publisher);
    publisher.close();
  }

  public static void closeExceptionally(SubmissionPublisher<Object> publisher, Throwable failure) {
    published(publisher);
    publisher.closeExceptionally(failure);
  }
}
