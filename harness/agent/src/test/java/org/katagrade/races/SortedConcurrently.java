package org.katagrade.races;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Concurrent collections that compare their elements, whose fields are not final. */
final class SortedConcurrently {

  private static final String PLACED =
      "java.util.concurrent: placing an object into a concurrent collection happens before what"
          + " follows the access to it or its removal in another thread";

  private SortedConcurrently() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** No field is final, as a student may write it. */
  private static final class Job implements Comparable<Job> {
    private int priority;
    private int runs;

    Job(int priority) {
      this.priority = priority;
    }

    @Override
    public int compareTo(Job other) {
      return Integer.compare(priority, other.priority);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Job job && priority == job.priority;
    }

    @Override
    public int hashCode() {
      return priority;
    }
  }

  @RaceFree(PLACED)
  static void twoProducersOfJobs(Fork fork) throws InterruptedException {
    PriorityBlockingQueue<Job> jobs = new PriorityBlockingQueue<>();
    TwoThreads.together(fork, () -> add(jobs, 1), () -> add(jobs, 2));
    int last = 0;
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      expect(last + 1, job.priority);
      last = job.priority;
    }
    expect(12, last);
  }

  private static void add(PriorityBlockingQueue<Job> jobs, int first) {
    for (int i = 0; i < 6; i++) {
      jobs.add(new Job(first + 2 * i));
    }
  }

  @RaceFree(PLACED)
  static void jobsRunAndPutBack(Fork fork) throws InterruptedException {
    BlockingQueue<Job> jobs = new PriorityBlockingQueue<>(4, Comparator.reverseOrder());
    for (int i = 0; i < 3; i++) {
      jobs.add(new Job(i));
    }
    Runnable work =
        Checked.task(
            () -> {
              for (int i = 0; i < 6; i++) {
                Job job = jobs.take();
                job.runs++;
                jobs.put(job);
              }
            });
    TwoThreads.together(fork, work, work);
    expect(12, jobs.stream().mapToInt(job -> job.runs).sum());
  }

  @Racy
  static void runCountedAfterItWasPutBack(Fork fork) throws InterruptedException {
    BlockingQueue<Job> jobs = new PriorityBlockingQueue<>();
    jobs.add(new Job(3));
    TwoThreads.inTurn(
        fork,
        () -> {
          Job job = jobs.remove();
          jobs.add(job);
          job.runs++; // race: runCountedAfterItWasPutBack
        },
        () -> {
          Job job = jobs.remove();
          expect(3, job.priority);
          job.runs = 0; // race: runCountedAfterItWasPutBack
        });
  }

  @RaceFree(PLACED)
  static void setThatSorts(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<Job> jobs = new ConcurrentSkipListSet<>();
    Runnable addAndTake =
        () -> {
          for (int i = 0; i < 5; i++) {
            jobs.add(new Job(i));
            Job first = jobs.pollFirst();
            if (first != null) {
              first.runs++;
            }
          }
        };
    TwoThreads.together(fork, addAndTake, addAndTake);
    expect(0, jobs.stream().mapToInt(job -> job.runs).sum());
  }

  @RaceFree(PLACED)
  static void neighboursInAMap(Fork fork) throws InterruptedException {
    ConcurrentSkipListMap<Integer, Job> jobs = new ConcurrentSkipListMap<>();
    jobs.put(0, new Job(0));
    TwoThreads.together(
        fork,
        () -> {
          jobs.put(10, new Job(10));
          jobs.subMap(10, 30).put(20, new Job(20));
        },
        () -> {
          Map.Entry<Integer, Job> below = jobs.floorEntry(25);
          while (below.getKey() < 20) {
            expect(below.getKey(), below.getValue().priority);
            Thread.yield();
            below = jobs.floorEntry(25);
          }
          expect(20, below.getValue().priority);
          expect(10, jobs.headMap(20).lastEntry().getValue().priority);
          expect(20, jobs.descendingMap().firstEntry().getValue().priority);
          expect(0, jobs.pollFirstEntry().getValue().priority);
          expect(10, jobs.ceilingEntry(1).getValue().priority);
        });
    expect(2, jobs.size());
  }

  @RaceFree(PLACED)
  static void sameKeysByBoth(Fork fork) throws InterruptedException {
    ConcurrentMap<Job, Integer> counts = new ConcurrentHashMap<>();
    ConcurrentMap<Job, Integer> sorted = new ConcurrentSkipListMap<>();
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            counts.merge(new Job(i % 3), 1, Integer::sum);
            sorted.merge(new Job(i % 3), 1, Integer::sum);
          }
        };
    TwoThreads.together(fork, count, count);
    expect(8, counts.get(new Job(0)));
    expect(6, sorted.get(new Job(2)));
  }

  @RaceFree(PLACED)
  static void searchedInAQueue(Fork fork) throws InterruptedException {
    BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 3; i++) {
            jobs.add(new Job(i));
          }
        },
        () -> {
          while (!jobs.contains(new Job(3))) {
            Thread.yield();
          }
          if (!jobs.remove(new Job(2)) || !jobs.removeIf(job -> job.priority == 1)) {
            throw new AssertionError(jobs.size());
          }
        });
    expect(1, jobs.size());
  }

  /** Compares by a rule that counts how often it is asked. */
  private static final class CountingRule implements Comparator<Integer> {
    private int asked;

    @Override
    public int compare(Integer left, Integer right) {
      asked++; // race: comparatorThatCounts
      return Integer.compare(left, right);
    }
  }

  @Racy
  static void comparatorThatCounts(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<Integer> numbers = new ConcurrentSkipListSet<>(new CountingRule());
    numbers.add(1);
    numbers.add(2);
    TwoThreads.together(fork, () -> numbers.contains(1), () -> numbers.contains(2));
  }

  @Racy
  static void priorityChangedInTheSet(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<Job> jobs = new ConcurrentSkipListSet<>();
    Job job = new Job(5);
    jobs.add(job);
    TwoThreads.together(
        fork,
        () -> job.priority = 4, // race: priorityChangedInTheSet
        () -> {
          Job first = jobs.first();
          first.runs = first.priority; // race: priorityChangedInTheSet
        });
  }
}
