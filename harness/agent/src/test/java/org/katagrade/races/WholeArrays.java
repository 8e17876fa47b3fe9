package org.katagrade.races;

import java.util.Arrays;
import java.util.List;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** JDK methods that read or write many elements of an array at once. */
final class WholeArrays {

  private static final String APART =
      "JLS 17.6: elements are distinct variables, and the methods touch only their range";

  private WholeArrays() {}

  @RaceFree(APART)
  static void fillHalves(Fork fork) throws InterruptedException {
    int[] numbers = new int[10];
    TwoThreads.together(
        fork, () -> Arrays.fill(numbers, 0, 5, 1), () -> Arrays.fill(numbers, 5, 10, 2));
    if (Arrays.stream(numbers).sum() != 15) {
      throw new AssertionError(Arrays.toString(numbers));
    }
  }

  @Racy
  static void fillOverlappingRanges(Fork fork) throws InterruptedException {
    int[] numbers = new int[10];
    TwoThreads.together(
        fork,
        () -> Arrays.fill(numbers, 0, 6, 1), // race: fillOverlappingRanges
        () -> Arrays.fill(numbers, 5, 10, 2)); // race: fillOverlappingRanges
  }

  @Racy
  static void fillBesideARead(Fork fork) throws InterruptedException {
    String[] names = {"a", "b"};
    Thread writer = fork.thread(() -> Arrays.fill(names, "c")); // race: fillBesideARead
    writer.start();
    int length = names[1].length(); // race: fillBesideARead
    writer.join();
    if (length != 1) {
      throw new AssertionError(length);
    }
  }

  @RaceFree(APART)
  static void copyDisjointRanges(Fork fork) throws InterruptedException {
    long[] source = {1, 2, 3, 4};
    long[] target = new long[6];
    TwoThreads.together(
        fork,
        () -> System.arraycopy(source, 0, target, 0, 3),
        () -> System.arraycopy(source, 1, target, 3, 3));
    if (!Arrays.equals(target, new long[] {1, 2, 3, 2, 3, 4})) {
      throw new AssertionError(Arrays.toString(target));
    }
  }

  @Racy
  static void copyWhileTheSourceChanges(Fork fork) throws InterruptedException {
    long[] source = {1, 2, 3, 4};
    long[] target = new long[4];
    TwoThreads.together(
        fork,
        () -> System.arraycopy(source, 0, target, 0, 4), // race: copyWhileTheSourceChanges
        () -> source[3] = 5); // race: copyWhileTheSourceChanges
  }

  @Racy
  static void copyOverTheOthersElement(Fork fork) throws InterruptedException {
    Object[] source = {"a", "b"};
    Object[] target = new Object[2];
    TwoThreads.together(
        fork,
        () -> System.arraycopy(source, 0, target, 0, 2), // race: copyOverTheOthersElement
        () -> target[1] = "c"); // race: copyOverTheOthersElement
  }

  @RaceFree("JLS 17.4.5: the other thread changes only an element outside of the copied range")
  static void shiftBesideANeighbour(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2, 3, 4};
    TwoThreads.together(
        fork, () -> System.arraycopy(numbers, 0, numbers, 1, 2), () -> numbers[3] = 9);
    if (!Arrays.equals(numbers, new int[] {1, 1, 2, 9})) {
      throw new AssertionError(Arrays.toString(numbers));
    }
  }

  @Racy
  static void cloneWhileItChanges(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2};
    Thread writer = fork.thread(() -> numbers[0] = 3); // race: cloneWhileItChanges
    writer.start();
    int[] copy = numbers.clone(); // race: cloneWhileItChanges
    writer.join();
    if (copy.length != 2) {
      throw new AssertionError(copy.length);
    }
  }

  @RaceFree("JLS 17.4.5: the copy is made before the writer starts")
  static void cloneBeforehand(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2};
    int[] copy = numbers.clone();
    int[] longer = Arrays.copyOf(numbers, 4);
    Thread writer = fork.thread(() -> numbers[0] = 3);
    writer.start();
    int sum = copy[0] + copy[1] + longer[0];
    writer.join();
    if (sum != 4) {
      throw new AssertionError(sum);
    }
  }

  @Racy
  static void copyOfWhileItChanges(Fork fork) throws InterruptedException {
    char[] letters = {'a', 'b'};
    Thread writer = fork.thread(() -> letters[1] = 'c'); // race: copyOfWhileItChanges
    writer.start();
    char[] copy = Arrays.copyOf(letters, 3); // race: copyOfWhileItChanges
    writer.join();
    if (copy.length != 3) {
      throw new AssertionError(copy.length);
    }
  }

  @RaceFree("JLS 17.4.5: the copied range ends before the element that changes")
  static void copyOfRangeBesideAWriter(Fork fork) throws InterruptedException {
    char[] letters = {'a', 'b', 'c'};
    Thread writer = fork.thread(() -> letters[2] = 'd');
    writer.start();
    char[] copy = Arrays.copyOfRange(letters, 0, 2);
    writer.join();
    if (copy[1] != 'b') {
      throw new AssertionError(copy[1]);
    }
  }

  @Racy
  static void sortBesideARead(Fork fork) throws InterruptedException {
    int[] numbers = {3, 1, 2};
    Thread sorter = fork.thread(() -> Arrays.sort(numbers)); // race: sortBesideARead
    sorter.start();
    int first = numbers[0]; // race: sortBesideARead
    sorter.join();
    if (first == 0) {
      throw new AssertionError(first);
    }
  }

  @RaceFree(APART)
  static void sortHalves(Fork fork) throws InterruptedException {
    int[] numbers = {3, 1, 2, 9, 7, 8};
    TwoThreads.together(fork, () -> Arrays.sort(numbers, 0, 3), () -> Arrays.sort(numbers, 3, 6));
    if (!Arrays.equals(numbers, new int[] {1, 2, 3, 7, 8, 9})) {
      throw new AssertionError(Arrays.toString(numbers));
    }
  }

  @Racy
  static void printedWhileItChanges(Fork fork) throws InterruptedException {
    double[] numbers = {1, 2};
    Thread writer = fork.thread(() -> numbers[1] = 3); // race: printedWhileItChanges
    writer.start();
    String text = Arrays.toString(numbers); // race: printedWhileItChanges
    writer.join();
    if (text.isEmpty()) {
      throw new AssertionError(text);
    }
  }

  @RaceFree("JLS 17.4.1: two reads do not conflict")
  static void comparedByBoth(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2, 3};
    boolean[] equal = new boolean[2];
    TwoThreads.together(
        fork,
        () -> equal[0] = Arrays.equals(numbers, new int[] {1, 2, 3}),
        () -> equal[1] = Arrays.hashCode(numbers) == Arrays.hashCode(new int[] {1, 2, 3}));
    if (!equal[0] || !equal[1]) {
      throw new AssertionError("not equal");
    }
  }

  @Racy
  static void listViewOfTheArray(Fork fork) throws InterruptedException {
    String[] names = {"a", "b"};
    List<String> view = Arrays.asList(names);
    int[] length = new int[1];
    TwoThreads.together(
        fork,
        () -> names[0] = "c", // race: listViewOfTheArray
        () -> length[0] = view.get(0).length()); // race: listViewOfTheArray
  }

  @RaceFree("JLS 17.4.5: the view is used under the same monitor as the array")
  static void listViewUnderTheMonitor(Fork fork) throws InterruptedException {
    String[] names = {"a", "b"};
    List<String> view = Arrays.asList(names);
    TwoThreads.together(
        fork,
        () -> {
          synchronized (names) {
            names[0] += "c";
          }
        },
        () -> {
          synchronized (names) {
            view.set(0, view.get(0) + "d");
          }
        });
    if (names[0].length() != 3) {
      throw new AssertionError(names[0]);
    }
  }
}
