package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ArrayList} by its indices: elements are apart from each other, and not from the whole. */
final class IndexedLists {

  private static final String SET =
      "ArrayList: merely setting the value of an element is not a structural modification";

  private IndexedLists() {}

  private static List<Integer> zeros(int size) {
    return new ArrayList<>(Collections.nCopies(size, 0));
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static void fill(List<Integer> part) {
    for (int i = 0; i < part.size(); i++) {
      part.set(i, part.get(i) + 1);
    }
    for (int value : part) {
      expect(1, value);
    }
    for (ListIterator<Integer> each = part.listIterator(); each.hasNext(); ) {
      each.set(each.next() + 1);
    }
  }

  @RaceFree(SET)
  static void setAtDifferentIndices(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(2);
    TwoThreads.together(
        fork, () -> list.set(0, list.get(0) + 3), () -> list.set(1, list.get(1) + 4));
    expect(7, list.get(0) + list.get(1));
  }

  @RaceFree(SET)
  static void halves(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(20);
    TwoThreads.together(fork, () -> fill(list.subList(0, 10)), () -> fill(list.subList(10, 20)));
    expect(40, list.stream().mapToInt(Integer::intValue).sum());
  }

  @RaceFree(SET)
  static void iteratorsApart(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(4);
    TwoThreads.together(
        fork,
        () -> list.set(3, 7),
        () -> {
          ListIterator<Integer> first = list.listIterator();
          expect(0, first.next() + first.next() + first.previous());
          first.set(2);
        });
    expect(9, list.stream().mapToInt(Integer::intValue).sum());
  }

  @Racy
  static void setAtOneIndex(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(2);
    Runnable set = () -> list.set(1, 5); // race: setAtOneIndex
    TwoThreads.inTurn(fork, set, set);
  }

  @Racy
  static void gottenAndSet(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(2);
    TwoThreads.inTurn(
        fork,
        () -> expect(0, list.get(1)), // race: gottenAndSet
        () -> list.set(1, 5)); // race: gottenAndSet
  }

  @Racy
  static void setWhileOthersAdd(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(2);
    TwoThreads.inTurn(
        fork,
        () -> list.set(1, 5), // race: setWhileOthersAdd
        () -> list.add(6)); // race: setWhileOthersAdd
  }

  @Racy
  static void addedBeforeOthersSet(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(2);
    TwoThreads.inTurn(
        fork,
        () -> list.add(6), // race: addedBeforeOthersSet
        () -> list.set(1, 5)); // race: addedBeforeOthersSet
  }

  @Racy
  static void setBeforeOthersSearch(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(3);
    TwoThreads.inTurn(
        fork,
        () -> list.set(2, 5), // race: setBeforeOthersSearch
        () -> expect(2, list.indexOf(5))); // race: setBeforeOthersSearch
  }

  @Racy
  static void iteratedBeforeOthersSet(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(3);
    TwoThreads.inTurn(
        fork,
        () -> expect(0, list.iterator().next()), // race: iteratedBeforeOthersSet
        () -> list.set(0, 5)); // race: iteratedBeforeOthersSet
  }

  @Racy
  static void halvesThatOverlap(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(3);
    TwoThreads.inTurn(
        fork,
        () -> list.subList(0, 2).set(1, 5), // race: halvesThatOverlap
        () -> list.subList(1, 3).set(0, 6)); // race: halvesThatOverlap
  }

  @Racy
  static void copiedBeforeOthersSet(Fork fork) throws InterruptedException {
    List<Integer> list = zeros(3);
    TwoThreads.inTurn(
        fork,
        () -> expect(3, new ArrayList<>(list).size()), // race: copiedBeforeOthersSet
        () -> list.set(2, 5)); // race: copiedBeforeOthersSet
  }
}
