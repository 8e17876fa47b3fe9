package org.katagrade.agent.explore;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** One operation of a thread of a {@link Toy}; registers are the thread's own. */
sealed interface Op {

  /** Whether it happens together with the step before, since no other thread can tell. */
  default boolean isLocal() {
    return false;
  }

  /** The number of what it has to do with; 0 for nothing that is known. */
  default int object() {
    return Candidates.ANYTHING;
  }

  record Read(int object, int register) implements Op {}

  record Write(int object, ToIntFunction<int[]> value) implements Op {}

  record Lock(int object) implements Op {}

  record Unlock(int object) implements Op {}

  record Await(int object) implements Op {}

  record Notify(int object, boolean all) implements Op {}

  record Yield() implements Op {}

  record Sleep(int ticks) implements Op {}

  record Start(int thread) implements Op {}

  record Join(int thread) implements Op {}

  record Compute(Consumer<int[]> on) implements Op {
    @Override
    public boolean isLocal() {
      return true;
    }
  }

  record Jump(Predicate<int[]> when, int target) implements Op {
    @Override
    public boolean isLocal() {
      return true;
    }
  }

  record Check(Predicate<int[]> holds, String otherwise) implements Op {
    @Override
    public boolean isLocal() {
      return true;
    }
  }
}
