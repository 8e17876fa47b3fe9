package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@code wait} and {@code notifyAll}. */
final class Waiting {

  private Waiting() {}

  private static final class Parcel {
    int weight;
  }

  private static final class Buffer {
    private final Parcel[] parcels = new Parcel[2];
    private int first;
    private int count;

    synchronized void put(Parcel parcel) throws InterruptedException {
      while (count == parcels.length) {
        wait();
      }
      parcels[(first + count) % parcels.length] = parcel;
      count++; // race: sizeWithoutTheMonitor
      notifyAll();
    }

    synchronized Parcel take() throws InterruptedException {
      while (count == 0) {
        wait();
      }
      Parcel parcel = parcels[first];
      first = (first + 1) % parcels.length;
      count--;
      notifyAll();
      return parcel;
    }

    int size() {
      return count; // race: sizeWithoutTheMonitor
    }
  }

  private static void produce(Buffer buffer, int parcels) {
    try {
      for (int i = 1; i <= parcels; i++) {
        Parcel parcel = new Parcel();
        parcel.weight = i;
        buffer.put(parcel);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @RaceFree("JLS 17.4.5: unlock before lock; 17.2.1: wait unlocks and locks again")
  static void boundedBuffer(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer();
    Thread producer = fork.thread(() -> produce(buffer, 10));
    Thread another = fork.thread(() -> produce(buffer, 10));
    producer.start();
    another.start();
    int weight = 0;
    for (int i = 0; i < 20; i++) {
      Parcel parcel = buffer.take();
      weight += parcel.weight;
      parcel.weight = 0;
    }
    producer.join();
    another.join();
    if (weight != 110) {
      throw new AssertionError(weight);
    }
  }

  @Racy
  static void sizeWithoutTheMonitor(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer();
    Thread producer = fork.thread(() -> produce(buffer, 1));
    producer.start();
    int seen = buffer.size();
    producer.join();
    if (seen > 1) {
      throw new AssertionError(seen);
    }
  }

  private static final class Mailbox {
    private boolean full;
    private String message = "";

    synchronized void put(String text) {
      message = text;
      full = true;
      notifyAll();
    }

    void putLate(String text) {
      synchronized (this) {
        full = true;
        notifyAll();
      }
      message = text; // race: messageAfterTheNotification
    }

    String take() throws InterruptedException {
      synchronized (this) {
        while (!full) {
          wait();
        }
      }
      return message; // race: messageAfterTheNotification
    }

    synchronized String takeInTime() throws InterruptedException {
      while (!full) {
        wait(1);
      }
      return message;
    }

    String takeByUnit() throws InterruptedException {
      synchronized (this) {
        while (!full) {
          TimeUnit.MILLISECONDS.timedWait(this, 1);
        }
      }
      return message;
    }

    String takeAfterAWhile() throws InterruptedException {
      synchronized (this) {
        wait(1);
      }
      return message; // race: waitWithoutCondition
    }

    void putQuietly(String text) {
      message = text; // race: waitWithoutCondition
    }
  }

  @RaceFree("JLS 17.4.5: the writer's unlock comes before the lock that found the mailbox full")
  static void readAfterTheLoop(Fork fork) throws InterruptedException {
    Mailbox mailbox = new Mailbox();
    Thread sender = fork.thread(() -> mailbox.put("hello"));
    sender.start();
    String received = mailbox.take();
    sender.join();
    if (!received.equals("hello")) {
      throw new AssertionError(received);
    }
  }

  @Racy
  static void messageAfterTheNotification(Fork fork) throws InterruptedException {
    Mailbox mailbox = new Mailbox();
    Thread sender = fork.thread(() -> mailbox.putLate("hello"));
    sender.start();
    mailbox.take();
    sender.join();
  }

  @RaceFree("JLS 17.2.1: a timed wait locks the monitor again too")
  static void timedWaitInALoop(Fork fork) throws InterruptedException {
    Mailbox mailbox = new Mailbox();
    Thread sender = fork.thread(() -> mailbox.put("hello"));
    sender.start();
    String received = mailbox.takeInTime();
    sender.join();
    if (!received.equals("hello")) {
      throw new AssertionError(received);
    }
  }

  @RaceFree("TimeUnit.timedWait: performs a timed Object.wait")
  static void timedWaitOfAUnit(Fork fork) throws InterruptedException {
    Mailbox mailbox = new Mailbox();
    Thread sender = fork.thread(() -> mailbox.put("hello"));
    sender.start();
    String received = mailbox.takeByUnit();
    sender.join();
    if (!received.equals("hello")) {
      throw new AssertionError(received);
    }
  }

  @Racy
  static void waitWithoutCondition(Fork fork) throws InterruptedException {
    Mailbox mailbox = new Mailbox();
    Thread sender = fork.thread(() -> mailbox.putQuietly("hello"));
    sender.start();
    mailbox.takeAfterAWhile();
    sender.join();
  }

  private static final class Bell {
    final Object door = new Object();
    final Object house = new Object();
    boolean rung;

    void ringAtTheHouse() {
      synchronized (house) {
        rung = true; // race: notifiedUnderAnotherLock
        house.notifyAll();
      }
    }

    void waitAtTheDoor() throws InterruptedException {
      synchronized (door) {
        while (!rung) { // race: notifiedUnderAnotherLock
          door.wait(1);
        }
      }
    }
  }

  @Racy
  static void notifiedUnderAnotherLock(Fork fork) throws InterruptedException {
    Bell bell = new Bell();
    Thread ringer = fork.thread(bell::ringAtTheHouse);
    ringer.start();
    bell.waitAtTheDoor();
    ringer.join();
  }

  @Racy
  static void waitWithoutTheMonitor(Fork fork) throws InterruptedException {
    Parcel parcel = new Parcel();
    TwoThreads.inTurn(
        fork,
        () -> {
          parcel.weight = 3; // race: waitWithoutTheMonitor
          try {
            parcel.wait(1);
          } catch (IllegalMonitorStateException expected) {
            // It has not unlocked anything.
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        () -> {
          synchronized (parcel) {
            parcel.weight++; // race: waitWithoutTheMonitor
          }
        });
  }
}
