package org.katagrade.races;

import java.util.function.IntConsumer;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Fields of all types and places, shared without anything that orders. */
final class InstanceFields {

  private static final String APART =
      "JLS 17.6: fields are distinct variables, whoever uses their neighbours";

  private InstanceFields() {}

  private static class Cell {
    boolean flag;
    byte small;
    short shorter;
    char letter;
    int number;
    long big;
    float rough;
    double exact;
    String text = "";

    void addToNumber(int amount) {
      number += amount; // race: inheritedField
    }
  }

  @RaceFree(APART)
  static void neighbours(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    TwoThreads.together(
        fork,
        () -> {
          cell.flag = true;
          cell.shorter = 1;
          cell.number = 2;
          cell.rough = 3;
          cell.text = "four";
        },
        () -> {
          cell.small = 5;
          cell.letter = 'c';
          cell.big = 6;
          cell.exact = 7;
        });
    double sum = cell.small + cell.shorter + cell.number + cell.big + cell.rough + cell.exact;
    if (!cell.flag || cell.letter != 'c' || sum != 24 || cell.text.length() != 4) {
      throw new AssertionError(sum);
    }
  }

  @RaceFree("JLS 17.4.1: two reads do not conflict")
  static void readByBoth(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    cell.number = 3;
    cell.big = 4;
    long[] sums = new long[2];
    TwoThreads.together(
        fork, () -> sums[0] = cell.number + cell.big, () -> sums[1] = cell.number + cell.big);
    if (sums[0] + sums[1] != 14) {
      throw new AssertionError(sums[0]);
    }
  }

  @Racy
  static void booleanField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    Thread writer = fork.thread(() -> cell.flag = true); // race: booleanField
    writer.start();
    int seen = cell.flag ? 1 : 0; // race: booleanField
    writer.join();
    cell.number = seen;
  }

  @Racy
  static void byteField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    Runnable add = () -> cell.small++; // race: byteField
    TwoThreads.together(fork, add, add);
  }

  @Racy
  static void charField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    TwoThreads.together(
        fork,
        () -> cell.letter = 'a', // race: charField
        () -> cell.letter = 'b'); // race: charField
  }

  @Racy
  static void longField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    Runnable add = () -> cell.big += 1L << 33; // race: longField
    TwoThreads.together(fork, add, add);
  }

  @Racy
  static void doubleField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    TwoThreads.together(
        fork,
        () -> cell.exact = Math.PI, // race: doubleField
        () -> cell.rough = (float) cell.exact); // race: doubleField
  }

  @Racy
  static void referenceField(Fork fork) throws InterruptedException {
    Cell cell = new Cell();
    TwoThreads.together(
        fork,
        () -> cell.text = "new", // race: referenceField
        () -> cell.number = cell.text.length()); // race: referenceField
  }

  private static final class ListedCell extends Cell {
    int number;

    void addToInherited(int amount) {
      super.number += amount; // race: inheritedField
    }
  }

  @Racy
  static void inheritedField(Fork fork) throws InterruptedException {
    ListedCell cell = new ListedCell();
    TwoThreads.together(fork, () -> cell.addToNumber(1), () -> cell.addToInherited(2));
  }

  @RaceFree("JLS 8.3: a field of the same name hides the inherited one, which is another variable")
  static void hiddenField(Fork fork) throws InterruptedException {
    ListedCell cell = new ListedCell();
    TwoThreads.together(fork, () -> cell.addToInherited(1), () -> cell.number += 2);
    if (((Cell) cell).number != 1 || cell.number != 2) {
      throw new AssertionError(cell.number);
    }
  }

  private static final class Shop {
    private int sold;

    final class Till {
      private int cash;

      void sell(int price) {
        cash += price;
        sold++; // race: fieldOfTheOuterObject
      }
    }
  }

  @Racy
  static void fieldOfTheOuterObject(Fork fork) throws InterruptedException {
    Shop shop = new Shop();
    Shop.Till one = shop.new Till();
    Shop.Till other = shop.new Till();
    TwoThreads.together(fork, () -> one.sell(1), () -> other.sell(2));
  }

  @RaceFree("JLS 17.4.5: each thread has a shop of its own")
  static void outerObjectEach(Fork fork) throws InterruptedException {
    Shop.Till one = new Shop().new Till();
    Shop.Till other = new Shop().new Till();
    TwoThreads.together(fork, () -> one.sell(1), () -> other.sell(2));
    if (one.cash + other.cash != 3) {
      throw new AssertionError(one.cash);
    }
  }

  private record Line(Cell from, int[] through) {}

  @Racy
  static void objectOfARecord(Fork fork) throws InterruptedException {
    Line line = new Line(new Cell(), new int[1]);
    Runnable move = () -> line.from().number++; // race: objectOfARecord
    TwoThreads.together(fork, move, move);
  }

  @Racy
  static void arrayOfARecord(Fork fork) throws InterruptedException {
    Line line = new Line(new Cell(), new int[1]);
    Runnable move = () -> line.through()[0]++; // race: arrayOfARecord
    TwoThreads.together(fork, move, move);
  }

  private enum Level {
    LOW,
    HIGH;

    private int uses;
  }

  @Racy
  static void fieldOfAnEnumConstant(Fork fork) throws InterruptedException {
    Runnable use = () -> Level.LOW.uses++; // race: fieldOfAnEnumConstant
    TwoThreads.together(fork, use, use);
  }

  @RaceFree("JLS 17.4.5: each thread uses the field of another constant")
  static void fieldsOfTwoEnumConstants(Fork fork) throws InterruptedException {
    int before = Level.HIGH.uses;
    TwoThreads.together(fork, () -> Level.HIGH.uses++, () -> new Cell().number += Level.LOW.uses);
    if (Level.HIGH.uses != before + 1) {
      throw new AssertionError(Level.HIGH.uses);
    }
  }

  private static final class Tally {
    private int sum;

    IntConsumer adder() {
      return number -> sum += number; // race: fieldFromALambda
    }
  }

  @Racy
  static void fieldFromALambda(Fork fork) throws InterruptedException {
    IntConsumer adder = new Tally().adder();
    TwoThreads.together(fork, () -> adder.accept(1), () -> adder.accept(2));
  }

  @RaceFree("JLS 17.4.5: the lambdas are of two objects")
  static void lambdasOfTwoObjects(Fork fork) throws InterruptedException {
    Tally one = new Tally();
    Tally other = new Tally();
    TwoThreads.together(fork, () -> one.adder().accept(1), () -> other.adder().accept(2));
    if (one.sum != 1 || other.sum != 2) {
      throw new AssertionError(one.sum);
    }
  }
}
