package org.katagrade.explored;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Readers and writers who keep count themselves. */
final class Readers {

  private Readers() {}

  /** A lock for many readers or one writer. */
  private static final class Room {
    private final boolean readersTell;
    private int readers;
    private boolean writing;

    Room(boolean readersTell) {
      this.readersTell = readersTell;
    }

    synchronized void beginToRead() throws InterruptedException {
      while (writing) {
        wait();
      }
      readers++;
    }

    synchronized void endToRead() {
      readers--;
      if (readers == 0 && readersTell) {
        notifyAll();
      }
    }

    synchronized void beginToWrite() throws InterruptedException {
      while (writing || readers > 0) {
        wait();
      }
      writing = true;
    }

    synchronized void endToWrite() {
      writing = false;
      notifyAll();
    }
  }

  private static void share(Fork fork, Room room) throws InterruptedException {
    AtomicInteger readers = new AtomicInteger();
    AtomicInteger writers = new AtomicInteger();
    Task read =
        () -> {
          room.beginToRead();
          readers.incrementAndGet();
          Crew.expectEqual(0, writers.get());
          readers.decrementAndGet();
          room.endToRead();
        };
    Task write =
        () -> {
          room.beginToWrite();
          Crew.expectEqual(1, writers.incrementAndGet());
          Crew.expectEqual(0, readers.get());
          writers.decrementAndGet();
          room.endToWrite();
        };
    Crew.run(fork, read, read, write);
  }

  @Sound("the last reader tells those who want to write")
  static void lastReaderTells(Fork fork) throws InterruptedException {
    share(fork, new Room(true));
  }

  @Broken(LostWakeup.class)
  static void nobodyTellsWriters(Fork fork) throws InterruptedException {
    share(fork, new Room(false));
  }

  private static void countedReaders(Fork fork, boolean atomically) throws InterruptedException {
    Semaphore room = new Semaphore(1);
    Semaphore guard = new Semaphore(1);
    AtomicInteger readers = new AtomicInteger();
    AtomicBoolean writing = new AtomicBoolean();
    Task read =
        () -> {
          if (atomically) {
            guard.acquire();
          }
          readers.set(readers.get() + 1);
          if (readers.get() == 1) {
            room.acquire();
          }
          if (atomically) {
            guard.release();
          }
          Crew.expect(!writing.get(), "nobody writes");
          if (atomically) {
            guard.acquire();
          }
          readers.set(readers.get() - 1);
          if (readers.get() == 0) {
            room.release();
          }
          if (atomically) {
            guard.release();
          }
        };
    Crew.run(
        fork,
        read,
        read,
        () -> {
          room.acquire();
          writing.set(true);
          writing.set(false);
          room.release();
        });
  }

  @Sound("the count of readers has a guard of its own")
  static void guardedCount(Fork fork) throws InterruptedException {
    countedReaders(fork, true);
  }

  @Broken({Wrong.class, LostWakeup.class})
  static void unguardedCount(Fork fork) throws InterruptedException {
    countedReaders(fork, false);
  }
}
