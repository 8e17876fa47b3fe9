package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** What a {@link BlockingQueue} hands over, and what it does not. */
final class HandOvers {

  private static final String PLACED =
      "BlockingQueue: what precedes placing an object happens before what follows its access or"
          + " removal";

  private HandOvers() {}

  private static final class Job {
    private int value;

    Job(int value) {
      this.value = value;
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(PLACED)
  static void lastElementMeansTheEnd(Fork fork) throws InterruptedException {
    BlockingQueue<int[]> queue = new ArrayBlockingQueue<>(4);
    int[] end = {};
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              for (int i = 0; i < 5; i++) {
                int[] pair = new int[2];
                pair[0] = i;
                pair[1] = -i + 1;
                queue.put(pair);
              }
              queue.put(end);
            }),
        Checked.task(
            () -> {
              int[] next;
              while ((next = queue.take()) != end) {
                sum[0] += next[0] + next[1];
              }
            }));
    expect(5, sum[0]);
  }

  @RaceFree(PLACED)
  static void polledAndDrained(Fork fork) throws InterruptedException {
    BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    List<Job> drained = new ArrayList<>();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 5; i++) {
            queue.add(new Job(i));
          }
        },
        Checked.task(
            () -> {
              while (drained.size() < 5) {
                Job job = queue.poll(1, TimeUnit.MILLISECONDS);
                if (job != null) {
                  job.value = -job.value;
                  drained.add(job);
                }
                queue.drainTo(drained);
              }
            }));
    expect(15, drained.stream().mapToInt(job -> Math.abs(job.value)).sum());
  }

  @Racy
  static void changedAfterThePut(Fork fork) throws InterruptedException {
    BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Job job = new Job(1);
              queue.put(job);
              job.value = 2; // race: changedAfterThePut
            }),
        Checked.task(
            () -> {
              Job job = queue.take();
              seen[0] = job.value; // race: changedAfterThePut
            }));
  }

  @Racy
  static void reusedOnceThereIsRoom(Fork fork) throws InterruptedException {
    BlockingQueue<Job> queue = new ArrayBlockingQueue<>(1);
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Job job = new Job(1);
              queue.put(job);
              queue.put(new Job(2));
              // The first one was taken, but not used yet.
              job.value = 3; // race: reusedOnceThereIsRoom
            }),
        Checked.task(
            () -> {
              Job job = queue.take();
              seen[0] = job.value; // race: reusedOnceThereIsRoom
              queue.take();
            }));
  }

  @Racy
  static void answerReadAfterTheTransfer(Fork fork) throws InterruptedException {
    TransferQueue<Job> queue = new LinkedTransferQueue<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Job job = new Job(1);
              queue.transfer(job);
              // Received it is, not answered.
              seen[0] = job.value; // race: answerReadAfterTheTransfer
            }),
        Checked.task(
            () -> {
              Job job = queue.take();
              job.value = 2; // race: answerReadAfterTheTransfer
            }));
  }

  @Racy
  static void pollTimedOut(Fork fork) throws InterruptedException {
    BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    Job job = new Job(1);
    Unseen changed = new Unseen();
    Unseen over = new Unseen();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              job.value = 2; // race: pollTimedOut
              changed.reached();
              over.await();
              queue.put(job);
            }),
        Checked.task(
            () -> {
              changed.await();
              Job polled = queue.poll(1, TimeUnit.MICROSECONDS);
              seen[0] = job.value; // race: pollTimedOut
              over.reached();
              if (polled != null) {
                throw new IllegalStateException("there was one");
              }
            }));
  }
}
