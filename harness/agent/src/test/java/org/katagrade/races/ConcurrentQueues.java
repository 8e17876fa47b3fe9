package org.katagrade.races;

import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Concurrent queues that do not block. */
final class ConcurrentQueues {

  private static final String PLACED =
      "java.util.concurrent: what precedes placing an object into a concurrent collection happens"
          + " before what follows its access or removal";

  private ConcurrentQueues() {}

  private static final class Job {
    private int value;

    Job() {}

    Job(int value) {
      this.value = value;
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static Job poll(Queue<Job> queue) {
    Job job;
    while ((job = queue.poll()) == null) {
      Thread.yield();
    }
    return job;
  }

  private static void offerAndPoll(Fork fork, Queue<Job> queue) throws InterruptedException {
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 5; i++) {
            queue.add(new Job(i));
          }
        },
        () -> {
          for (int i = 1; i <= 5; i++) {
            Job job = poll(queue);
            job.value *= 2;
            sum[0] += job.value;
          }
        });
    expect(30, sum[0]);
  }

  @RaceFree(PLACED)
  static void queue(Fork fork) throws InterruptedException {
    offerAndPoll(fork, new ConcurrentLinkedQueue<>());
  }

  @RaceFree(PLACED)
  static void deque(Fork fork) throws InterruptedException {
    offerAndPoll(fork, new ConcurrentLinkedDeque<>());
  }

  @RaceFree(PLACED)
  static void bothEndsOfADeque(Fork fork) throws InterruptedException {
    Deque<Job> deque = new ConcurrentLinkedDeque<>();
    for (int i = 1; i <= 10; i++) {
      deque.push(new Job(i));
    }
    int[] sums = new int[2];
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

  @RaceFree(PLACED)
  static void handedThereAndBack(Fork fork) throws InterruptedException {
    Queue<Job> questions = new ConcurrentLinkedQueue<>();
    Queue<Job> answers = new ConcurrentLinkedQueue<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          questions.add(new Job(20));
          seen[0] = poll(answers).value;
        },
        () -> {
          Job job = poll(questions);
          job.value += 1;
          answers.add(job);
        });
    expect(21, seen[0]);
  }

  @Racy
  static void changedAfterItWasQueued(Fork fork) throws InterruptedException {
    Queue<Job> queue = new ConcurrentLinkedQueue<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          Job job = new Job();
          queue.add(job);
          job.value = 3; // race: changedAfterItWasQueued
        },
        () -> {
          Job job = poll(queue);
          seen[0] = job.value; // race: changedAfterItWasQueued
        });
  }

  @Racy
  static void peekedByBoth(Fork fork) throws InterruptedException {
    Queue<Job> queue = new ConcurrentLinkedQueue<>(List.of(new Job(1)));
    Runnable work =
        () -> {
          // Only a removed job would be one's own.
          Job job = queue.peek();
          job.value++; // race: peekedByBoth
        };
    TwoThreads.together(fork, work, work);
  }

  @Racy
  static void readAsSoonAsThereIsOne(Fork fork) throws InterruptedException {
    Queue<Job> queue = new ConcurrentLinkedQueue<>();
    Job last = new Job();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          last.value = 3; // race: readAsSoonAsThereIsOne
          queue.add(last);
        },
        () -> {
          // A size is no access to an element.
          while (queue.size() == 0) {
            Thread.yield();
          }
          seen[0] = last.value; // race: readAsSoonAsThereIsOne
        });
  }

  @Racy
  static void foundNone(Fork fork) throws InterruptedException {
    Queue<Job> queue = new ConcurrentLinkedQueue<>();
    Job last = new Job();
    int[] seen = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> {
          last.value = 3; // race: foundNone
          queue.add(last);
          queue.poll();
        },
        () -> {
          if (queue.poll() == null && queue.peek() == null) {
            seen[0] = last.value; // race: foundNone
          }
        });
  }

  @RaceFree(PLACED)
  static void foundAfterNone(Fork fork) throws InterruptedException {
    Queue<Job> queue = new ConcurrentLinkedQueue<>();
    Job last = new Job();
    TwoThreads.together(
        fork,
        () -> {
          last.value = 3;
          queue.add(last);
        },
        () -> {
          while (queue.peek() == null) {
            Thread.yield();
          }
          expect(3, last.value);
        });
  }
}
