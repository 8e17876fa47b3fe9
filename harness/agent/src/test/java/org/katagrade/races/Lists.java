package org.katagrade.races;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ArrayList} and {@link LinkedList}. */
final class Lists {

  private static final String LOCKED = "JLS 17.4.5: the list is used only under one monitor";

  private int seen;

  private Lists() {}

  private static List<String> abc() {
    List<String> list = new ArrayList<>();
    list.add("a");
    list.add("b");
    list.add("c");
    return list;
  }

  private static void addUnderItsMonitor(List<String> list, String item) {
    synchronized (list) {
      list.add(item);
    }
  }

  @RaceFree(LOCKED)
  static void addedUnderTheMonitor(Fork fork) throws InterruptedException {
    List<String> list = abc();
    TwoThreads.together(
        fork, () -> addUnderItsMonitor(list, "d"), () -> addUnderItsMonitor(list, "e"));
    if (list.size() != 5) {
      throw new AssertionError(list);
    }
  }

  @Racy
  static void addedByBoth(Fork fork) throws InterruptedException {
    List<String> list = abc();
    Runnable add = () -> list.add("d"); // race: addedByBoth
    TwoThreads.inTurn(fork, add, add);
  }

  @Racy
  static void sizeOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.remove("b"); // race: sizeOutsideOfTheMonitor
          }
        },
        () -> result.seen = list.size()); // race: sizeOutsideOfTheMonitor
  }

  /** To ask whether there is a list is not to look into it, nor is a reference to its method. */
  @RaceFree(LOCKED)
  static void onlyReferredToOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> addUnderItsMonitor(list, "d"),
        () -> {
          List<String> there = Objects.requireNonNull(list);
          IntSupplier size = Objects.nonNull(there) ? there::size : () -> -1;
          synchronized (there) {
            result.seen = size.getAsInt();
          }
        });
    if (result.seen != 4) {
      throw new AssertionError(list);
    }
  }

  @Racy
  static void referredToAndAskedOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.remove("b"); // race: referredToAndAskedOutsideOfTheMonitor
          }
        },
        () -> {
          IntSupplier size = list::size; // race: referredToAndAskedOutsideOfTheMonitor
          result.seen = size.getAsInt();
        });
  }

  @Racy
  static void hashedOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.remove("b"); // race: hashedOutsideOfTheMonitor
          }
        },
        () -> result.seen = Objects.hashCode(list)); // race: hashedOutsideOfTheMonitor
  }

  @RaceFree(LOCKED)
  static void iteratedUnderTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.together(
        fork,
        () -> addUnderItsMonitor(list, "d"),
        () -> {
          synchronized (list) {
            for (String item : list) {
              result.seen += item.length();
            }
          }
        });
    if (result.seen != 3 && result.seen != 4) {
      throw new AssertionError(result.seen);
    }
  }

  @Racy
  static void iteratedBesideAnAdd(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (String item : list) { // race: iteratedBesideAnAdd
            result.seen += item.length();
          }
        },
        () -> addUnderItsMonitorToo(list));
  }

  private static void addUnderItsMonitorToo(List<String> list) {
    synchronized (list) {
      list.add("d"); // race: iteratedBesideAnAdd
    }
  }

  @Racy
  static void forEachBesideAnAdd(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> list.add("d"), // race: forEachBesideAnAdd
        () -> list.forEach(item -> result.seen += item.length())); // race: forEachBesideAnAdd
  }

  @Racy
  static void streamBesideAnAdd(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> list.add("d"), // race: streamBesideAnAdd
        () -> result.seen = (int) list.stream().distinct().count()); // race: streamBesideAnAdd
  }

  @Racy
  static void removedThroughTheIterator(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          Iterator<String> iterator = list.iterator();
          while (iterator.hasNext()) {
            if (iterator.next().equals("b")) {
              iterator.remove(); // race: removedThroughTheIterator
            }
          }
        },
        () -> result.seen = list.indexOf("c")); // race: removedThroughTheIterator
  }

  @Racy
  static void copiedBesideAnAdd(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<List<String>> copies = new ArrayList<>();
    TwoThreads.inTurn(
        fork,
        () -> copies.add(new ArrayList<>(list)), // race: copiedBesideAnAdd
        () -> list.add("d")); // race: copiedBesideAnAdd
  }

  @RaceFree(LOCKED)
  static void copiedUnderTheMonitor(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> copy = new ArrayList<>();
    TwoThreads.together(
        fork,
        () -> {
          List<String> now;
          synchronized (list) {
            now = new ArrayList<>(list);
          }
          copy.addAll(now);
          copy.sort(Comparator.reverseOrder());
        },
        () -> addUnderItsMonitor(list, "d"));
    if (!copy.getLast().equals("a")) {
      throw new AssertionError(copy);
    }
  }

  @Racy
  static void sortedBesideAGet(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = list.get(0).length(), // race: sortedBesideAGet
        () -> list.sort(Comparator.reverseOrder())); // race: sortedBesideAGet
  }

  @Racy
  static void printedBesideAnAdd(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> list.addAll(List.of("d", "e")), // race: printedBesideAnAdd
        () -> result.seen = ("items: " + list).length()); // race: printedBesideAnAdd
  }

  @RaceFree("JLS 17.4.1: two reads do not conflict")
  static void readByBoth(Fork fork) throws InterruptedException {
    List<String> list = abc();
    Lists one = new Lists();
    Lists other = new Lists();
    TwoThreads.together(
        fork,
        () -> {
          for (String item : list) {
            one.seen += item.length();
          }
        },
        () -> other.seen = list.indexOf("c") + list.subList(1, 3).size());
    if (one.seen != 3 || other.seen != 4) {
      throw new AssertionError(other.seen);
    }
  }

  @RaceFree("JLS 17.4.5: the list is built before the start and changed by the thread alone")
  static void handedOver(Fork fork) throws InterruptedException {
    List<String> list = abc();
    Thread worker =
        fork.thread(
            () -> {
              list.removeIf(item -> item.equals("b"));
              list.addFirst("z");
            });
    worker.start();
    worker.join();
    list.add("end");
    if (!list.equals(List.of("z", "a", "c", "end"))) {
      throw new AssertionError(list);
    }
  }

  @Racy
  static void linkedListAtBothEnds(Fork fork) throws InterruptedException {
    LinkedList<String> list = new LinkedList<>(abc());
    TwoThreads.inTurn(
        fork,
        () -> list.addLast("d"), // race: linkedListAtBothEnds
        () -> list.removeFirst()); // race: linkedListAtBothEnds
  }

  @RaceFree(LOCKED)
  static void linkedListUnderTheMonitor(Fork fork) throws InterruptedException {
    LinkedList<String> list = new LinkedList<>(abc());
    TwoThreads.together(
        fork,
        () -> addUnderItsMonitor(list, "d"),
        () -> {
          synchronized (list) {
            list.removeFirst();
          }
        });
    if (list.size() != 3) {
      throw new AssertionError(list);
    }
  }

  @Racy
  static void comparedOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    List<String> list = abc();
    boolean[] same = new boolean[1];
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.add("d"); // race: comparedOutsideOfTheMonitor
          }
        },
        () -> same[0] = list.equals(List.of("a"))); // race: comparedOutsideOfTheMonitor
  }

  @Racy
  static void comparedWithOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    List<String> list = abc();
    boolean[] same = new boolean[1];
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.add("d"); // race: comparedWithOutsideOfTheMonitor
          }
        },
        () -> same[0] = new LinkedList<>().equals(list)); // race: comparedWithOutsideOfTheMonitor
  }

  @Racy
  static void askedForItsHashCodeOutsideOfTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (list) {
            list.add("d"); // race: askedForItsHashCodeOutsideOfTheMonitor
          }
        },
        () -> result.seen = list.hashCode()); // race: askedForItsHashCodeOutsideOfTheMonitor
  }

  @RaceFree(LOCKED)
  static void comparedUnderTheMonitor(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    List<String> list = abc();
    TwoThreads.inTurn(
        fork,
        () -> addUnderItsMonitor(list, "d"),
        () -> {
          synchronized (list) {
            result.seen = list.equals(abc()) ? 0 : list.hashCode();
          }
        });
  }

  /** A deque is equal to itself alone. */
  @RaceFree("Object.equals reads nothing of what a deque holds")
  static void comparedByIdentity(Fork fork) throws InterruptedException {
    Lists result = new Lists();
    Collection<String> deque = new ArrayDeque<>(abc());
    TwoThreads.inTurn(
        fork,
        () -> deque.add("d"),
        () -> result.seen = deque.equals(new Object()) ? 0 : deque.hashCode());
  }
}
