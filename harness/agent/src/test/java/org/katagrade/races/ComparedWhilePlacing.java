package org.katagrade.races;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** What a concurrent collection compares by the program's own methods while it places. */
final class ComparedWhilePlacing {

  private static final String PLACED =
      "java.util.concurrent: what is prior to placing, comparing included, happens before what"
          + " follows the removal";

  private ComparedWhilePlacing() {}

  private static final class Job implements Delayed {
    private int priority;

    Job(int priority) {
      this.priority = priority;
    }

    @Override
    public int compareTo(Delayed other) {
      int theirs = ((Job) other).priority; // race: changedWhilePeekedAt
      int mine = priority; // race: changedAfterPlacing, keyChangedAfterPlacing
      return Integer.compare(mine, theirs);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Job job && compareTo(job) == 0;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  private static void takenAndChanged(Fork fork, BlockingQueue<? super Job> queue)
      throws InterruptedException {
    Thread[] producers = new Thread[2];
    for (int i = 0; i < producers.length; i++) {
      producers[i] =
          fork.thread(
              Checked.task(
                  () -> {
                    for (int number = 0; number < 10; number++) {
                      queue.put(new Job(number * 7 % 10));
                    }
                  }));
    }
    Thread consumer =
        fork.thread(
            Checked.task(
                () -> {
                  for (int number = 0; number < 20; number++) {
                    ((Job) queue.take()).priority = -1;
                  }
                }));
    consumer.start();
    for (Thread producer : producers) {
      producer.start();
    }
    consumer.join();
    for (Thread producer : producers) {
      producer.join();
    }
  }

  @RaceFree(PLACED)
  static void takenByPriority(Fork fork) throws InterruptedException {
    takenAndChanged(fork, new PriorityBlockingQueue<>());
  }

  @RaceFree(PLACED)
  @SuppressWarnings({"rawtypes", "unchecked"})
  static void takenAfterItsDelay(Fork fork) throws InterruptedException {
    takenAndChanged(fork, (BlockingQueue) new DelayQueue<Job>());
  }

  @RaceFree(PLACED)
  static void takenFromASortedSet(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<Job> jobs = new ConcurrentSkipListSet<>();
    TwoThreads.together(
        fork,
        () -> jobs.add(new Job(3)),
        () -> {
          Job job = jobs.pollFirst();
          while (job == null) {
            Thread.yield();
            job = jobs.pollFirst();
          }
          job.priority = -1;
        });
  }

  @RaceFree(PLACED)
  static void takenFromASortedMap(Fork fork) throws InterruptedException {
    ConcurrentSkipListMap<Job, String> jobs = new ConcurrentSkipListMap<>();
    TwoThreads.together(
        fork,
        () -> jobs.put(new Job(3), "three"),
        () -> {
          var job = jobs.pollFirstEntry();
          while (job == null) {
            Thread.yield();
            job = jobs.pollFirstEntry();
          }
          job.getKey().priority = -1;
        });
  }

  @RaceFree(
      "LinkedBlockingQueue: remove(Object) compares before the element that it passes is taken")
  static void comparedByAnothersRemoval(Fork fork) throws InterruptedException {
    BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    jobs.add(new Job(1));
    jobs.add(new Job(2));
    TwoThreads.inTurn(
        fork, () -> jobs.remove(new Job(2)), Checked.task(() -> jobs.take().priority = -1));
  }

  @Racy
  static void changedWhilePeekedAt(Fork fork) throws InterruptedException {
    BlockingQueue<Job> jobs = new PriorityBlockingQueue<>();
    jobs.add(new Job(1));
    TwoThreads.inTurn(
        fork,
        () -> jobs.add(new Job(2)),
        () -> {
          Job first = jobs.peek();
          first.priority = 0; // race: changedWhilePeekedAt
        });
  }

  @Racy
  static void changedAfterPlacing(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<Job> jobs = new ConcurrentSkipListSet<>();
    Job job = new Job(2);
    jobs.add(new Job(1));
    TwoThreads.inTurn(
        fork,
        () -> jobs.add(job),
        () -> {
          job.priority = 3; // race: changedAfterPlacing
        });
  }

  @Racy
  static void keyChangedAfterPlacing(Fork fork) throws InterruptedException {
    ConcurrentSkipListMap<Job, String> jobs = new ConcurrentSkipListMap<>();
    Job job = new Job(2);
    jobs.put(new Job(1), "one");
    TwoThreads.inTurn(
        fork,
        () -> jobs.put(job, "two"),
        () -> {
          job.priority = 3; // race: keyChangedAfterPlacing
        });
  }
}
