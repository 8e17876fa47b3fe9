package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Elements of arrays. */
final class SharedArrays {

  private static final String APART =
      "JLS 17.6: elements are distinct variables, whoever uses their neighbours";

  private SharedArrays() {}

  @RaceFree(APART)
  static void oddAndEven(Fork fork) throws InterruptedException {
    byte[] bytes = new byte[32];
    TwoThreads.together(fork, () -> addFrom(bytes, 0), () -> addFrom(bytes, 1));
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != i) {
        throw new AssertionError(i);
      }
    }
  }

  private static void addFrom(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i += 2) {
      bytes[i] += (byte) i;
    }
  }

  @RaceFree(APART)
  static void anElementEachOfAllTypes(Fork fork) throws InterruptedException {
    boolean[] booleans = new boolean[2];
    short[] shorts = new short[2];
    char[] chars = new char[2];
    long[] longs = new long[2];
    float[] floats = new float[2];
    double[] doubles = new double[2];
    String[] strings = {"", ""};
    Runnable[] tasks = new Runnable[2];
    for (int i = 0; i < 2; i++) {
      int mine = i;
      tasks[i] =
          () -> {
            booleans[mine] = true;
            shorts[mine]++;
            chars[mine] += 'a';
            longs[mine] -= 1;
            floats[mine] = mine;
            doubles[mine] = floats[mine] / 2;
            strings[mine] += "text";
          };
    }
    TwoThreads.together(fork, tasks[0], tasks[1]);
    if (!booleans[0] || !booleans[1] || shorts[0] + shorts[1] != 2 || chars[0] != chars[1]) {
      throw new AssertionError(shorts[0]);
    }
    if (longs[0] + longs[1] != -2 || doubles[1] != 0.5 || !strings[0].equals(strings[1])) {
      throw new AssertionError(longs[0]);
    }
  }

  @Racy
  static void onePastTheBorder(Fork fork) throws InterruptedException {
    int[] numbers = new int[8];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i <= 4; i++) {
            numbers[i] = i; // race: onePastTheBorder
          }
        },
        () -> {
          for (int i = 4; i < 8; i++) {
            numbers[i] = -i; // race: onePastTheBorder
          }
        });
  }

  @Racy
  static void booleanElement(Fork fork) throws InterruptedException {
    boolean[] done = new boolean[1];
    Thread worker = fork.thread(() -> done[0] = true); // race: booleanElement
    worker.start();
    String state = done[0] ? "done" : "not yet"; // race: booleanElement
    worker.join();
    if (state.isEmpty()) {
      throw new AssertionError(state);
    }
  }

  @Racy
  static void longElement(Fork fork) throws InterruptedException {
    long[] sum = new long[1];
    Runnable add = () -> sum[0] += 3; // race: longElement
    TwoThreads.together(fork, add, add);
  }

  @RaceFree("JLS 17.4.5: the element is changed only under the array's monitor")
  static void elementUnderTheArraysMonitor(Fork fork) throws InterruptedException {
    double[] sum = new double[1];
    Runnable add =
        () -> {
          synchronized (sum) {
            sum[0] += 1.5;
          }
        };
    TwoThreads.together(fork, add, add);
    if (sum[0] != 3) {
      throw new AssertionError(sum[0]);
    }
  }

  @RaceFree("JLS 15.26.1: if the index is out of bounds, no assignment occurs")
  static void indexOutOfBounds(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2};
    int[] failures = new int[2];
    TwoThreads.together(
        fork, () -> failures[0] = writePast(numbers, 2), () -> failures[1] = writePast(numbers, 2));
    if (failures[0] + failures[1] != 2) {
      throw new AssertionError(failures[0]);
    }
  }

  private static int writePast(int[] numbers, int index) {
    try {
      numbers[index] = 5;
      return 0;
    } catch (ArrayIndexOutOfBoundsException e) {
      return 1;
    }
  }

  @RaceFree("JLS 15.26.1: if the value does not fit the component type, no assignment occurs")
  static void valueOfTheWrongType(Fork fork) throws InterruptedException {
    Object[] names = new String[] {"a"};
    int[] lengths = new int[2];
    TwoThreads.together(
        fork,
        () -> {
          try {
            names[0] = 5;
          } catch (ArrayStoreException e) {
            lengths[0] = 1;
          }
        },
        () -> lengths[1] = names[0].toString().length());
    if (lengths[0] + lengths[1] != 2) {
      throw new AssertionError(lengths[0]);
    }
  }

  @Racy
  static void loopBesideAWriter(Fork fork) throws InterruptedException {
    int[] numbers = {1, 2, 3};
    Thread writer = fork.thread(() -> numbers[2] = 4); // race: loopBesideAWriter
    writer.start();
    int sum = 0;
    for (int number : numbers) { // race: loopBesideAWriter
      sum += number;
    }
    writer.join();
    if (sum < 6 || sum > 7) {
      throw new AssertionError(sum);
    }
  }

  private static final class Stack {
    private Object[] items = new Object[1];
    private int size;

    synchronized void push(Object item) {
      if (size == items.length) {
        Object[] larger = new Object[2 * size];
        for (int i = 0; i < size; i++) {
          larger[i] = items[i];
        }
        items = larger;
      }
      items[size] = item; // race: peekWithoutTheMonitor
      size++;
    }

    synchronized int size() {
      return size;
    }

    Object[] items() {
      return items;
    }
  }

  @RaceFree("JLS 17.4.5: the array is replaced and filled only under the monitor")
  static void growingArray(Fork fork) throws InterruptedException {
    Stack stack = new Stack();
    Runnable pushSome =
        () -> {
          for (int i = 0; i < 10; i++) {
            stack.push(i);
          }
        };
    TwoThreads.together(fork, pushSome, pushSome);
    if (stack.size() != 20) {
      throw new AssertionError(stack.size());
    }
  }

  @Racy
  static void peekWithoutTheMonitor(Fork fork) throws InterruptedException {
    Stack stack = new Stack();
    Thread writer = fork.thread(() -> stack.push("first"));
    writer.start();
    Object first = stack.items()[0]; // race: peekWithoutTheMonitor
    writer.join();
    if (stack.size() != 1) {
      throw new AssertionError(first);
    }
  }
}
