package org.katagrade.races;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link CopyOnWriteArrayList} and {@link CopyOnWriteArraySet}. */
final class CopiesOnWrite {

  private static final String PLACED =
      "java.util.concurrent: what precedes placing an object into a concurrent collection happens"
          + " before what follows its access or removal";

  private CopiesOnWrite() {}

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

  /** Has listeners that are called in the thread that publishes. */
  private static final class Subject {
    private final List<Job> listeners = new CopyOnWriteArrayList<>();

    void listen(Job job) {
      listeners.add(job);
    }

    int publish() {
      int sum = 0;
      for (Job job : listeners) {
        sum += job.value;
      }
      return sum;
    }
  }

  @RaceFree(PLACED)
  static void listenersAddedWhilePublishing(Fork fork) throws InterruptedException {
    Subject subject = new Subject();
    int[] last = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 5; i++) {
            subject.listen(new Job(2));
          }
        },
        () -> {
          while (last[0] < 10) {
            Thread.yield();
            last[0] = subject.publish();
          }
        });
    expect(10, last[0]);
  }

  @Racy
  static void listenerChangedAfterItWasAdded(Fork fork) throws InterruptedException {
    List<Job> listeners = new CopyOnWriteArrayList<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          Job job = new Job();
          listeners.add(job);
          job.value = 3; // race: listenerChangedAfterItWasAdded
        },
        () -> {
          while (listeners.isEmpty()) {
            Thread.yield();
          }
          Job job = listeners.get(0);
          seen[0] = job.value; // race: listenerChangedAfterItWasAdded
        });
  }

  @RaceFree("CopyOnWriteArrayList: the snapshot of an iterator never changes")
  static void iteratorKeepsItsSnapshot(Fork fork) throws InterruptedException {
    List<String> names = new CopyOnWriteArrayList<>(List.of("a", "b", "c"));
    Iterator<String> snapshot = names.iterator();
    StringBuilder read = new StringBuilder();
    TwoThreads.together(
        fork,
        () -> {
          names.remove("a");
          names.set(0, "x");
          names.replaceAll(String::toUpperCase);
          names.sort(null);
        },
        () -> snapshot.forEachRemaining(read::append));
    if (!"abc".contentEquals(read) || !names.equals(List.of("C", "X"))) {
      throw new AssertionError(names);
    }
  }

  @RaceFree(PLACED)
  static void setThatCopies(Fork fork) throws InterruptedException {
    Set<Job> jobs = new CopyOnWriteArraySet<>();
    Job shared = new Job(1);
    List<Job> mine = new ArrayList<>();
    TwoThreads.together(
        fork,
        () -> {
          jobs.add(shared);
          jobs.add(new Job(4));
        },
        () -> {
          jobs.add(shared);
          while (mine.size() < 2) {
            Thread.yield();
            mine.clear();
            mine.addAll(jobs);
          }
        });
    expect(5, mine.get(0).value + mine.get(1).value);
  }
}
