package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What a thread of a {@link Toy} does, written down one operation after another. */
final class Code {

  private final List<Op> ops = new ArrayList<>();

  List<Op> ops() {
    return List.copyOf(ops);
  }

  /** Where the next operation will stand, to jump to. */
  int here() {
    return ops.size();
  }

  Code read(int variable, int register) {
    return add(new Op.Read(variable, register));
  }

  Code write(int variable, int value) {
    return add(new Op.Write(variable, _ -> value));
  }

  Code write(int variable, ToIntFunction<int[]> value) {
    return add(new Op.Write(variable, value));
  }

  /** Reads and writes in two steps, as {@code x++} does. */
  Code increment(int variable) {
    return read(variable, 0).write(variable, registers -> registers[0] + 1);
  }

  Code lock(int lock) {
    return add(new Op.Lock(lock));
  }

  Code unlock(int lock) {
    return add(new Op.Unlock(lock));
  }

  Code await(int lock) {
    return add(new Op.Await(lock));
  }

  Code signal(int lock) {
    return add(new Op.Notify(lock, false));
  }

  Code signalAll(int lock) {
    return add(new Op.Notify(lock, true));
  }

  Code yield() {
    return add(new Op.Yield());
  }

  Code sleep(int ticks) {
    return add(new Op.Sleep(ticks));
  }

  Code start(int thread) {
    return add(new Op.Start(thread));
  }

  Code join(int thread) {
    return add(new Op.Join(thread));
  }

  Code compute(Consumer<int[]> on) {
    return add(new Op.Compute(on));
  }

  Code jump(int target, Predicate<int[]> when) {
    return add(new Op.Jump(when, target));
  }

  Code check(Predicate<int[]> holds, String otherwise) {
    return add(new Op.Check(holds, otherwise));
  }

  private Code add(Op op) {
    ops.add(op);
    return this;
  }
}
