package org.katagrade.races;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link BlockingQueue} in all its kinds. */
final class BlockingQueues {

  private static final String PLACED =
      "BlockingQueue: what precedes placing an object happens before what follows its access or"
          + " removal";

  private BlockingQueues() {}

  private static final class Job implements Delayed {
    private int priority;
    private int value;

    Job(int value) {
      this.value = value;
      priority = value;
    }

    @Override
    public int compareTo(Delayed other) {
      int theirs = ((Job) other).priority; // race: priorityChangedInTheQueue
      return Integer.compare(priority, theirs);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static void putAndTake(Fork fork, BlockingQueue<Job> queue) throws InterruptedException {
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              for (int i = 1; i <= 5; i++) {
                queue.put(new Job(i));
              }
            }),
        Checked.task(
            () -> {
              for (int i = 1; i <= 5; i++) {
                Job job = queue.take();
                job.value *= 2;
                sum[0] += job.value;
              }
            }));
    expect(30, sum[0]);
  }

  @RaceFree(PLACED)
  static void arrayQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, new ArrayBlockingQueue<>(2));
  }

  @RaceFree(PLACED)
  static void linkedQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, new LinkedBlockingQueue<>(2));
  }

  @RaceFree(PLACED)
  static void linkedDeque(Fork fork) throws InterruptedException {
    putAndTake(fork, new LinkedBlockingDeque<>());
  }

  @RaceFree(PLACED)
  static void priorityQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, new PriorityBlockingQueue<>());
  }

  @RaceFree(PLACED)
  static void synchronousQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, new SynchronousQueue<>());
  }

  @RaceFree(PLACED)
  static void transferQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, new LinkedTransferQueue<>());
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  @RaceFree(PLACED)
  static void delayQueue(Fork fork) throws InterruptedException {
    putAndTake(fork, (BlockingQueue) new DelayQueue<Job>());
  }

  @RaceFree(PLACED)
  static void stolenFromTheOtherEnd(Fork fork) throws InterruptedException {
    BlockingDeque<Job> deque = new LinkedBlockingDeque<>();
    int[] sums = new int[2];
    for (int i = 1; i <= 10; i++) {
      deque.putFirst(new Job(i));
    }
    TwoThreads.together(
        fork,
        () -> {
          Job job;
          while ((job = deque.pollFirst()) != null) {
            sums[0] += job.value++;
          }
        },
        () -> {
          Job job;
          while ((job = deque.pollLast()) != null) {
            sums[1] += job.value++;
          }
        });
    expect(55, sums[0] + sums[1]);
  }

  @Racy
  static void priorityChangedInTheQueue(Fork fork) throws InterruptedException {
    BlockingQueue<Job> queue = new PriorityBlockingQueue<>();
    TwoThreads.inTurn(
        fork,
        () -> {
          Job job = new Job(1);
          queue.add(job);
          job.priority = 3; // race: priorityChangedInTheQueue
        },
        () -> queue.add(new Job(2)));
  }
}
