package org.katagrade.agent.explore;

import java.util.List;
import org.katagrade.agent.race.Race;

/** How one run of a program ended. */
public sealed interface Ending {

  /** Every thread came to its end. */
  record Completed() implements Ending {}

  /** Something was thrown out of the program's main thread, or out of another that nobody heeds. */
  record Wrong(Throwable thrown, String thread) implements Ending {}

  /**
   * Nobody can go on, and some wait for locks that are held: by each other, or by one that is gone.
   */
  record Deadlock(List<Standing> threads) implements Ending {
    public Deadlock {
      threads = List.copyOf(threads);
    }
  }

  /** Nobody can go on, and nobody holds what they wait for. */
  record LostWakeup(List<Standing> threads) implements Ending {
    public LostWakeup {
      threads = List.copyOf(threads);
    }
  }

  /** Threads went on and on; the last steps, which repeat, are the end of the story. */
  record Livelock(List<Standing> threads) implements Ending {
    public Livelock {
      threads = List.copyOf(threads);
    }
  }

  /** Accesses that nothing orders, as the race detector saw them in this run. */
  record Raced(List<Race> races) implements Ending {
    public Raced {
      races = List.copyOf(races);
    }
  }

  /** The main thread ended, and these are left and wait for what nobody will bring. */
  record Leaked(List<Standing> threads) implements Ending {
    public Leaked {
      threads = List.copyOf(threads);
    }
  }

  /** The run could not be controlled to its end; it says nothing of the program. */
  record Abandoned(String reason) implements Ending {}

  /** Whether the program did what it should. */
  default boolean isGood() {
    return this instanceof Completed;
  }

  /** The name tests and reports use. */
  default String name() {
    return getClass().getSimpleName();
  }
}
