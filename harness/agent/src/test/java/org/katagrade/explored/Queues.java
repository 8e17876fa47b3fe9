package org.katagrade.explored;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Blocking queues: what is asked before it is taken, and who gets the last pill. */
final class Queues {

  private static final Integer PILL = -1;

  private Queues() {}

  @Sound("takes what is there, if there is something")
  static void polls(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(1));
    Crew.run(fork, 2, queue::poll);
  }

  @Broken(LostWakeup.class)
  static void asksBeforeItTakes(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(1));
    Crew.run(
        fork,
        2,
        () -> {
          if (!queue.isEmpty()) {
            queue.take();
          }
        });
  }

  @Broken(Wrong.class)
  static void asksBeforeItRemoves(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(2, false, List.of(1));
    Crew.run(
        fork,
        2,
        () -> {
          if (queue.size() > 0) {
            queue.remove();
          }
        });
  }

  private static void consume(BlockingQueue<Integer> queue, AtomicInteger sum)
      throws InterruptedException {
    for (int taken = queue.take(); taken != PILL; taken = queue.take()) {
      sum.addAndGet(taken);
    }
  }

  private static void twoConsumers(Fork fork, int pills) throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    AtomicInteger sum = new AtomicInteger();
    Crew.run(
        fork,
        () -> consume(queue, sum),
        () -> consume(queue, sum),
        () -> {
          queue.put(1);
          queue.put(2);
          for (int i = 0; i < pills; i++) {
            queue.put(PILL);
          }
        });
    Crew.expectEqual(3, sum.get());
  }

  @Sound("a pill for each of those who take")
  static void aPillForEach(Fork fork) throws InterruptedException {
    twoConsumers(fork, 2);
  }

  @Broken(LostWakeup.class)
  static void onePillForTwo(Fork fork) throws InterruptedException {
    twoConsumers(fork, 1);
  }

  @Sound("waits until there is room")
  static void waitsForRoom(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    AtomicInteger sum = new AtomicInteger();
    Crew.run(
        fork,
        () -> {
          queue.put(1);
          queue.put(2);
        },
        () -> sum.addAndGet(queue.take() + queue.take()));
    Crew.expectEqual(3, sum.get());
  }

  @Broken(LostWakeup.class)
  static void dropsWhatHasNoRoom(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    Crew.run(
        fork,
        () -> {
          boolean unused = queue.offer(1);
          unused = queue.offer(2);
        },
        () -> {
          queue.take();
          queue.take();
        });
  }

  @Sound("room for all that is under way")
  static void roomForAll(Fork fork) throws InterruptedException {
    eachFeedsTheOther(fork, 2);
  }

  @Broken(LostWakeup.class)
  static void eachWaitsForRoom(Fork fork) throws InterruptedException {
    eachFeedsTheOther(fork, 1);
  }

  private static void eachFeedsTheOther(Fork fork, int room) throws InterruptedException {
    BlockingQueue<Integer> there = new ArrayBlockingQueue<>(room);
    BlockingQueue<Integer> back = new ArrayBlockingQueue<>(room);
    Crew.run(fork, () -> feed(there, back), () -> feed(back, there));
  }

  private static void feed(BlockingQueue<Integer> out, BlockingQueue<Integer> in)
      throws InterruptedException {
    out.put(1);
    out.put(2);
    in.take();
    in.take();
  }

  @Sound("SynchronousQueue.put: waits for one that takes")
  static void handedOver(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new SynchronousQueue<>();
    Crew.run(fork, () -> queue.put(7), () -> Crew.expectEqual(7, queue.take()));
  }

  @Broken(LostWakeup.class)
  static void offeredToNobody(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new SynchronousQueue<>();
    Task offer =
        () -> {
          boolean unused = queue.offer(7);
        };
    Crew.run(fork, offer, queue::take);
  }

  @Sound("LinkedTransferQueue.transfer: returns when it has been received")
  static void transferred(Fork fork) throws InterruptedException {
    received(fork, true);
  }

  @Broken(Wrong.class)
  static void putIsNotReceived(Fork fork) throws InterruptedException {
    received(fork, false);
  }

  private static void received(Fork fork, boolean transfer) throws InterruptedException {
    TransferQueue<Integer> queue = new LinkedTransferQueue<>();
    Crew.run(
        fork,
        queue::take,
        () -> {
          if (transfer) {
            queue.transfer(7);
          } else {
            queue.put(7);
          }
          Crew.expect(queue.isEmpty(), "it was received");
        });
  }

  /** Is due so many milliseconds after it was made. */
  private static final class Due implements Delayed {
    private final long millis;
    private final long at;

    Due(long millis) {
      this.millis = millis;
      at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(at, ((Due) other).at);
    }
  }

  @Sound("DelayQueue.take: the one whose delay has expired first")
  static void takesWhatIsDue(Fork fork) throws InterruptedException {
    DelayQueue<Due> queue = new DelayQueue<>();
    AtomicLong first = new AtomicLong();
    queue.put(new Due(40_000));
    queue.put(new Due(20));
    Crew.run(fork, () -> first.set(queue.take().millis));
    Crew.expectEqual(20L, first.get());
  }

  @Broken(Wrong.class)
  static void pollsWhatIsNotDue(Fork fork) throws InterruptedException {
    DelayQueue<Due> queue = new DelayQueue<>();
    queue.put(new Due(20));
    Crew.run(fork, () -> Crew.expect(queue.poll() != null, "there is one"));
  }

  @Sound("asks again until it has got something")
  static void pollsUntilThereIsOne(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    Crew.run(
        fork,
        () -> queue.put(7),
        () -> {
          Integer taken = queue.poll(10, TimeUnit.MILLISECONDS);
          while (taken == null) {
            taken = queue.poll(10, TimeUnit.MILLISECONDS);
          }
          Crew.expectEqual(7, taken);
        });
  }

  @Broken(Wrong.class)
  static void pollsForAWhile(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    Crew.run(
        fork, () -> queue.put(7), () -> Crew.expectEqual(7, queue.poll(10, TimeUnit.MILLISECONDS)));
  }

  @Sound("all are there before the first is taken")
  static void sortedWhenAllAreThere(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new PriorityBlockingQueue<>();
    Crew.run(fork, () -> queue.put(2), () -> queue.put(1));
    Crew.expectEqual(1, queue.take());
  }

  @Broken(Wrong.class)
  static void sortedWhileTheyCome(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new PriorityBlockingQueue<>();
    Crew.start(fork, () -> queue.put(2));
    Crew.start(fork, () -> queue.put(1));
    Crew.expectEqual(1, queue.take());
  }
}
