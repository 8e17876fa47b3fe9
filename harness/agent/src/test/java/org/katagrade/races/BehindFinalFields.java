package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Objects that are reached through the final field of an object got without any order. */
final class BehindFinalFields {

  private static final String FREEZE =
      "JLS 17.5.1: what is reached through a final field is seen as at the constructor's end";

  private BehindFinalFields() {}

  private static final class Box {
    private int open;

    Box(int content) {
      open = content; // race: objectPutBesideTheFinalField
    }
  }

  private static final class Node {
    int number;
    @Nullable Node next;
  }

  private static final class Chain {
    private final Node first;

    Chain(int length) {
      Node node = new Node();
      for (int i = 1; i < length; i++) {
        Node before = new Node();
        before.number = i;
        before.next = node;
        node = before;
      }
      first = node;
    }

    int sum() {
      int sum = 0;
      for (Node node = first; node != null; node = node.next) {
        sum += node.number;
      }
      return sum;
    }
  }

  private static final class Drawer {
    private final Box[] boxes;
    private final List<Box> more;

    Drawer(int size) {
      boxes = new Box[size];
      more = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boxes[i] = new Box(i);
        more.add(boxes[i]);
      }
    }
  }

  @RaceFree(FREEZE)
  static void longChainBehindAFinalField(Fork fork) throws InterruptedException {
    Place<Chain> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Chain(50)));
    writer.start();
    int sum = place.await().sum();
    writer.join();
    if (sum != 1225) {
      throw new AssertionError(sum);
    }
  }

  @RaceFree(FREEZE)
  static void manyObjectsBehindAnArray(Fork fork) throws InterruptedException {
    Place<Drawer> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Drawer(40)));
    writer.start();
    Box[] boxes = place.await().boxes;
    int sum = 0;
    for (int round = 0; round < 2; round++) {
      for (Box box : boxes) {
        sum += box.open;
      }
    }
    writer.join();
    if (sum != 1560) {
      throw new AssertionError(sum);
    }
  }

  @RaceFree(FREEZE)
  static void objectsInAListBehindAFinalField(Fork fork) throws InterruptedException {
    Place<Drawer> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Drawer(3)));
    writer.start();
    int sum = 0;
    for (Box box : place.await().more) {
      sum += box.open;
    }
    writer.join();
    if (sum != 3) {
      throw new AssertionError(sum);
    }
  }

  private static final class Shelf {
    private final Box[] boxes;

    Shelf(Box[] boxes) {
      this.boxes = boxes;
    }
  }

  @RaceFree(FREEZE)
  static void arrayGivenToTheConstructor(Fork fork) throws InterruptedException {
    Place<Shelf> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Shelf(new Box[] {new Box(3)})));
    writer.start();
    int seen = place.await().boxes[0].open;
    writer.join();
    if (seen != 3) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void objectPutBesideTheFinalField(Fork fork) throws InterruptedException {
    Place<Shelf> shelves = new Place<>();
    Place<Box> boxes = new Place<>();
    Thread writer =
        fork.thread(
            () -> {
              Box box = new Box(3);
              shelves.put(new Shelf(new Box[] {box}));
              boxes.put(box);
            });
    writer.start();
    // Got past the final field, it is not seen as that field's constructor left it.
    int seen = boxes.await().open; // race: objectPutBesideTheFinalField
    writer.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }
}
