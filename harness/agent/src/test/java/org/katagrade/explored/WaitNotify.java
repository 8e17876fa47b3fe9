package org.katagrade.explored;

import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code wait} and {@code notify}: slots, flags and who is told. */
final class WaitNotify {

  private WaitNotify() {}

  /** Holds one value, and tells of it in one of several ways. */
  private static class Slot {
    private final boolean again;
    private final boolean all;
    private int value;

    Slot(boolean again, boolean all) {
      this.again = again;
      this.all = all;
    }

    private void tell() {
      if (all) {
        notifyAll();
      } else {
        notify();
      }
    }

    synchronized void put(int element) throws InterruptedException {
      while (value != 0) {
        wait();
      }
      value = element;
      tell();
    }

    synchronized int take() throws InterruptedException {
      if (again) {
        while (value == 0) {
          wait();
        }
      } else if (value == 0) {
        wait();
      }
      int taken = value;
      value = 0;
      tell();
      return taken;
    }
  }

  private static void twoTakers(Fork fork, Slot slot) throws InterruptedException {
    Task take = () -> Crew.expect(slot.take() != 0, "what is taken was put");
    Crew.run(
        fork,
        take,
        take,
        () -> {
          slot.put(1);
          slot.put(2);
        });
  }

  @Sound("asks again when it has been woken")
  static void asksAgain(Fork fork) throws InterruptedException {
    twoTakers(fork, new Slot(true, true));
  }

  @Broken(Wrong.class)
  static void asksOnce(Fork fork) throws InterruptedException {
    twoTakers(fork, new Slot(false, true));
  }

  private static void twoOfEach(Fork fork, Slot slot) throws InterruptedException {
    Task put = () -> slot.put(7);
    Crew.run(fork, slot::take, slot::take, put, put);
  }

  @Sound("all are told, so those who can go on are among them")
  static void tellsAll(Fork fork) throws InterruptedException {
    twoOfEach(fork, new Slot(true, true));
  }

  @Broken(LostWakeup.class)
  static void tellsOne(Fork fork) throws InterruptedException {
    twoOfEach(fork, new Slot(true, false));
  }

  /** Something that happens once. */
  private static final class Event {
    private volatile boolean happened;

    synchronized void happen() {
      happened = true;
      notifyAll();
    }

    synchronized void await() throws InterruptedException {
      while (!happened) {
        wait();
      }
    }

    synchronized void awaitUnasked() throws InterruptedException {
      wait();
    }

    void awaitAskedOutside() throws InterruptedException {
      if (!happened) {
        awaitUnasked();
      }
    }

    void happenUnlocked() {
      notifyAll();
    }
  }

  @Sound("what happened is remembered under the monitor")
  static void remembers(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(fork, event::await, event::happen);
  }

  @Broken(LostWakeup.class)
  static void waitsForWhatWas(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(fork, event::awaitUnasked, event::happen);
  }

  @Broken(LostWakeup.class)
  static void asksOutside(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(fork, event::awaitAskedOutside, event::happen);
  }

  @Broken(Wrong.class)
  static void tellsWithoutTheMonitor(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(fork, event::happenUnlocked);
  }

  /** A queue inside of something that has a monitor of its own. */
  private static final class Nested {
    private final Object inner = new Object();
    private boolean there;

    synchronized void putNested() {
      put();
    }

    synchronized void awaitNested() throws InterruptedException {
      await();
    }

    void put() {
      synchronized (inner) {
        there = true;
        inner.notifyAll();
      }
    }

    void await() throws InterruptedException {
      synchronized (inner) {
        while (!there) {
          inner.wait();
        }
      }
    }
  }

  @Sound("waits with no other monitor in hand")
  static void waitsWithOneMonitor(Fork fork) throws InterruptedException {
    Nested nested = new Nested();
    Crew.run(fork, nested::await, nested::putNested);
  }

  @Broken(LostWakeup.class)
  static void waitsWithTwoMonitors(Fork fork) throws InterruptedException {
    Nested nested = new Nested();
    Crew.run(fork, nested::awaitNested, nested::putNested);
  }

  @Sound("asks what it waits for after the time is up")
  static void asksAfterTheTimeIsUp(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(
        fork,
        () -> {
          synchronized (event) {
            event.wait(100);
            while (!event.happened) {
              event.wait(100);
            }
          }
        },
        event::happen);
  }

  @Broken(Wrong.class)
  static void takesTimeForAnAnswer(Fork fork) throws InterruptedException {
    Event event = new Event();
    Crew.run(
        fork,
        () -> {
          synchronized (event) {
            if (!event.happened) {
              event.wait(100);
            }
            Crew.expect(event.happened, "it has happened when the wait is over");
          }
        },
        event::happen);
  }

  @Sound("each waits on an object of its own, and is told on that")
  static void oneObjectEach(Fork fork) throws InterruptedException {
    Event one = new Event();
    Event other = new Event();
    Crew.run(
        fork,
        () -> {
          one.happen();
          other.await();
        },
        () -> {
          other.happen();
          one.await();
        });
  }

  @Broken(LostWakeup.class)
  static void eachWaitsForTheOther(Fork fork) throws InterruptedException {
    Event one = new Event();
    Event other = new Event();
    Crew.run(
        fork,
        () -> {
          other.await();
          one.happen();
        },
        () -> {
          one.await();
          other.happen();
        });
  }

  @Broken(LostWakeup.class)
  static void tellsOneOfTwoWhoCanBothGoOn(Fork fork) throws InterruptedException {
    Object monitor = new Object();
    boolean[] open = new boolean[1];
    Task pass =
        () -> {
          synchronized (monitor) {
            while (!open[0]) {
              monitor.wait();
            }
          }
        };
    Crew.run(
        fork,
        pass,
        pass,
        () -> {
          synchronized (monitor) {
            open[0] = true;
            monitor.notify();
          }
        });
  }

  @Sound("whoever is told tells the next")
  static void passesItOn(Fork fork) throws InterruptedException {
    Object monitor = new Object();
    boolean[] open = new boolean[1];
    Task pass =
        () -> {
          synchronized (monitor) {
            while (!open[0]) {
              monitor.wait();
            }
            monitor.notify();
          }
        };
    Crew.run(
        fork,
        pass,
        pass,
        () -> {
          synchronized (monitor) {
            open[0] = true;
            monitor.notify();
          }
        });
  }
}
