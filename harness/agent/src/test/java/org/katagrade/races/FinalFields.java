package org.katagrade.races;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** What a thread sees of an object that it got without any order. */
final class FinalFields {

  private static final String FREEZE =
      "JLS 17.5.1: what is reached through a final field is seen as at the constructor's end";

  private FinalFields() {}

  private record Point(int x, int y) {}

  private record Label(String text, Point at) {}

  private static final class Shape {
    @Nullable Point corner;
    int sum;
  }

  @Racy
  static void publishedInAPlainField(Fork fork) throws InterruptedException {
    Shape shape = new Shape();
    TwoThreads.inTurn(
        fork,
        () -> shape.corner = new Point(1, 2), // race: publishedInAPlainField
        () -> {
          Point corner = shape.corner; // race: publishedInAPlainField
          shape.sum = corner == null ? 0 : corner.x() + corner.y();
        });
  }

  private static final class Box {
    private final int sealed;
    private int open;

    Box(int content) {
      sealed = content;
      open = content; // race: plainFieldOfTheSame
    }
  }

  @RaceFree("JLS 17.5: final fields are seen as set, however the object is published")
  static void finalField(Fork fork) throws InterruptedException {
    Place<Box> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Box(4)));
    writer.start();
    int seen = place.await().sealed;
    writer.join();
    if (seen != 4) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void plainFieldOfTheSame(Fork fork) throws InterruptedException {
    Place<Box> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Box(4)));
    writer.start();
    int seen = place.await().open; // race: plainFieldOfTheSame
    writer.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  private static class Prices {
    final Map<String, Integer> prices = new HashMap<>();
    final int[] rates = new int[3];

    Prices() {
      prices.put("tea", 3);
      rates[1] = 19;
    }
  }

  @RaceFree(FREEZE)
  static void filledInTheConstructor(Fork fork) throws InterruptedException {
    Place<Prices> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Prices()));
    writer.start();
    Prices seen = place.await();
    int price = seen.prices.getOrDefault("tea", 0) + seen.rates[1];
    writer.join();
    if (price != 22) {
      throw new AssertionError(price);
    }
  }

  @Racy
  static void mapFilledAfterTheConstructor(Fork fork) throws InterruptedException {
    Place<Prices> place = new Place<>();
    Thread writer =
        fork.thread(
            () -> {
              Prices prices = new Prices();
              prices.prices.put("milk", 1); // race: mapFilledAfterTheConstructor
              place.put(prices);
            });
    writer.start();
    int price = place.await().prices.getOrDefault("milk", 0); // race: mapFilledAfterTheConstructor
    writer.join();
    if (price < 0) {
      throw new AssertionError(price);
    }
  }

  @Racy
  static void elementSetAfterTheConstructor(Fork fork) throws InterruptedException {
    Place<Prices> place = new Place<>();
    Thread writer =
        fork.thread(
            () -> {
              Prices prices = new Prices();
              prices.rates[2] = 7; // race: elementSetAfterTheConstructor
              place.put(prices);
            });
    writer.start();
    int rate = place.await().rates[2]; // race: elementSetAfterTheConstructor
    writer.join();
    if (rate < 0) {
      throw new AssertionError(rate);
    }
  }

  private static final class DearPrices extends Prices {
    DearPrices() {
      super();
      rates[0] = 99; // race: filledInTheSubclassConstructor
    }
  }

  @Racy
  static void filledInTheSubclassConstructor(Fork fork) throws InterruptedException {
    Place<DearPrices> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new DearPrices()));
    writer.start();
    // The freeze is at the end of the constructor that sets the field, Prices'.
    int rate = place.await().rates[0]; // race: filledInTheSubclassConstructor
    writer.join();
    if (rate < 0) {
      throw new AssertionError(rate);
    }
  }

  @RaceFree("JLS 17.5: a String and a record have final fields only")
  static void immutableValues(Fork fork) throws InterruptedException {
    Place<Label> place = new Place<>();
    Thread writer = fork.thread(() -> place.put(new Label("a".repeat(3), new Point(1, 2))));
    writer.start();
    Label seen = place.await();
    String text = seen.text() + seen.at();
    writer.join();
    if (!text.equals("aaaPoint[x=1, y=2]")) {
      throw new AssertionError(text);
    }
  }
}
