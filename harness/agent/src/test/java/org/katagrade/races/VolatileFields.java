package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@code volatile} fields, and what is published through them. */
final class VolatileFields {

  private static final String VOLATILE =
      "JLS 17.4.5: a write to a volatile field happens before every subsequent read of it";

  private VolatileFields() {}

  private static final class Message {
    volatile boolean ready;
    boolean plainReady;
    int number;
    long received;

    void await() {
      while (!ready) {
        Thread.yield();
      }
    }
  }

  @RaceFree(VOLATILE)
  static void flagAfterTheData(Fork fork) throws InterruptedException {
    Message message = new Message();
    Thread reader =
        fork.thread(
            () -> {
              message.await();
              message.received = message.number;
            });
    reader.start();
    message.number = 42;
    message.ready = true;
    reader.join();
    if (message.received != 42) {
      throw new AssertionError(message.received);
    }
  }

  @Racy
  static void dataAfterTheFlag(Fork fork) throws InterruptedException {
    Message message = new Message();
    Thread reader =
        fork.thread(
            () -> {
              message.await();
              message.received = message.number; // race: dataAfterTheFlag
            });
    reader.start();
    message.ready = true;
    message.number = 42; // race: dataAfterTheFlag
    reader.join();
  }

  @RaceFree(VOLATILE)
  static void stopFlag(Fork fork) throws InterruptedException {
    Message message = new Message();
    Thread worker =
        fork.thread(
            () -> {
              while (!message.ready) {
                message.number++;
                Thread.yield();
              }
            });
    worker.start();
    message.ready = true;
    worker.join();
    if (message.number < 0) {
      throw new AssertionError(message.number);
    }
  }

  @Racy
  static void stopFlagNotVolatile(Fork fork) throws InterruptedException {
    Message message = new Message();
    Thread worker =
        fork.thread(
            () -> {
              for (int i = 0; i < 10 && !message.plainReady; i++) { // race: stopFlagNotVolatile
                message.number++;
              }
            });
    worker.start();
    message.plainReady = true; // race: stopFlagNotVolatile
    worker.join();
  }

  private static final class Statistics {
    volatile int count;
    volatile long nanos;
    volatile double mean;
  }

  @RaceFree("JLS 17.4.5: volatile accesses do not race, though increments get lost")
  static void lostIncrements(Fork fork) throws InterruptedException {
    Statistics statistics = new Statistics();
    Runnable count =
        () -> {
          for (int i = 0; i < 50; i++) {
            statistics.count++;
          }
        };
    TwoThreads.together(fork, count, count);
    if (statistics.count < 2 || statistics.count > 100) {
      throw new AssertionError(statistics.count);
    }
  }

  @RaceFree("JLS 17.7: volatile long and double values are written and read as a whole")
  static void longAndDouble(Fork fork) throws InterruptedException {
    Statistics statistics = new Statistics();
    Thread writer =
        fork.thread(
            () -> {
              for (int i = 0; i < 20; i++) {
                statistics.nanos = i % 2 == 0 ? -1 : 0;
                statistics.mean = i % 2 == 0 ? 1e300 : 0;
              }
            });
    writer.start();
    boolean whole = true;
    for (int i = 0; i < 20; i++) {
      long nanos = statistics.nanos;
      double mean = statistics.mean;
      whole &= (nanos == 0 || nanos == -1) && (mean == 0 || mean == 1e300);
    }
    writer.join();
    if (!whole) {
      throw new AssertionError("torn");
    }
  }

  private static final class Slots {
    volatile int @Nullable [] numbers;
    int sum;

    int[] await() {
      while (true) {
        int[] seen = numbers;
        if (seen != null) {
          return seen;
        }
        Thread.yield();
      }
    }
  }

  @RaceFree(VOLATILE)
  static void arrayFilledBefore(Fork fork) throws InterruptedException {
    Slots slots = new Slots();
    Thread reader =
        fork.thread(
            () -> {
              for (int number : slots.await()) {
                slots.sum += number;
              }
            });
    reader.start();
    int[] numbers = new int[3];
    numbers[0] = 1;
    numbers[2] = 3;
    slots.numbers = numbers;
    reader.join();
    if (slots.sum != 4) {
      throw new AssertionError(slots.sum);
    }
  }

  @Racy
  static void elementsAreNotVolatile(Fork fork) throws InterruptedException {
    Slots slots = new Slots();
    slots.numbers = new int[3];
    TwoThreads.together(
        fork,
        () -> slots.await()[1] = 5, // race: elementsAreNotVolatile
        () -> slots.sum = slots.await()[1]); // race: elementsAreNotVolatile
  }

  private static final class Board {
    volatile @Nullable List<String> notes;
    int seen;

    List<String> await() {
      while (true) {
        List<String> list = notes;
        if (list != null) {
          return list;
        }
        Thread.yield();
      }
    }
  }

  @RaceFree(VOLATILE)
  static void newListForEachChange(Fork fork) throws InterruptedException {
    Board board = new Board();
    board.notes = List.of();
    Thread writer =
        fork.thread(
            () -> {
              for (int i = 0; i < 5; i++) {
                List<String> copy = new ArrayList<>(board.await());
                copy.add("note " + i);
                board.notes = copy;
              }
            });
    writer.start();
    boolean inOrder = true;
    for (int i = 0; i < 5; i++) {
      int at = 0;
      for (String note : board.await()) {
        inOrder &= note.equals("note " + at);
        at++;
      }
    }
    writer.join();
    if (!inOrder) {
      throw new AssertionError(board.notes);
    }
  }

  @Racy
  static void listChangedAfterwards(Fork fork) throws InterruptedException {
    Board board = new Board();
    Thread reader =
        fork.thread(
            () -> {
              board.seen = board.await().size(); // race: listChangedAfterwards
            });
    reader.start();
    List<String> list = new ArrayList<>();
    list.add("in time");
    board.notes = list;
    list.add("late"); // race: listChangedAfterwards
    reader.join();
  }
}
