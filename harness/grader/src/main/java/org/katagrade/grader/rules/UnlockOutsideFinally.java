package org.katagrade.grader.rules;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;
import org.katagrade.grader.rules.bytecode.Handler;

/**
 * A lock taken where an exception can leave the method before the unlock that follows.
 *
 * <p>Silent when no unlock follows in the method, when nothing between can throw, and when a loop
 * takes many locks to release them elsewhere. Any unlock counts, for it cannot be told which lock
 * it releases.
 */
final class UnlockOutsideFinally implements Pattern {

  /** Catching one of these, to unlock and throw again, is as good as finally. */
  private static final Set<ClassDesc> WIDE =
      Set.of(
          ConstantDescs.CD_Throwable,
          ClassDesc.of("java.lang.Exception"),
          ClassDesc.of("java.lang.RuntimeException"));

  private static final Set<String> HARMLESS =
      Set.of("nanoTime", "currentTimeMillis", "currentThread", "hasNext", "next", "iterator");

  @Override
  public List<Frame> places(Submission submission) {
    Predicate<Call> unlocking = submission.calls().leadingTo(Locks::releases);
    return submission.calls().sites().stream()
        .filter(site -> Locks.takes(site.call()))
        .filter(site -> mayStayLocked(submission.calls(), site, unlocking))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean mayStayLocked(Calls calls, Calls.Site site, Predicate<Call> unlocking) {
    Code code = site.code();
    int lock = site.index();
    IntPredicate unlocks = i -> code.callAt(i).filter(unlocking).isPresent();
    if (code.flow().after(lock).stream().noneMatch(unlocks)) {
      return false;
    }
    BitSet held = code.flow().afterUntil(lock, unlocks);
    boolean takesMany = held.get(lock);
    if (takesMany) {
      return false;
    }
    Map<Handler, BitSet> releasing = releasing(code, unlocks);
    return held.stream()
        .filter(i -> !unlocks.test(i) && canThrow(calls, code, i))
        .anyMatch(i -> !isReleasedWhenThrown(code, i, releasing));
  }

  /** The handlers that unlock, and what may run in them. */
  private static Map<Handler, BitSet> releasing(Code code, IntPredicate unlocks) {
    Map<Handler, BitSet> releasing = new HashMap<>();
    for (Handler handler : code.flow().handlers()) {
      BitSet block = code.flow().fromEvenThrown(handler.entry());
      if (handler.caught().map(WIDE::contains).orElse(true) && block.stream().anyMatch(unlocks)) {
        releasing.put(handler, block);
      }
    }
    return releasing;
  }

  private static boolean isReleasedWhenThrown(
      Code code, int index, Map<Handler, BitSet> releasing) {
    return releasing.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().covers(index) || isCopiedFinally(code, index, entry.getValue()));
  }

  /** Whether this stands in a finally block, which javac repeats, line and all, in a handler. */
  private static boolean isCopiedFinally(Code code, int index, BitSet block) {
    return block.stream()
        .anyMatch(
            i ->
                i != index
                    && code.line(i) == code.line(index)
                    && code.callAt(i).equals(code.callAt(index))
                    && code.at(i).opcode() == code.at(index).opcode());
  }

  private static boolean canThrow(Calls calls, Code code, int index) {
    Instruction instruction = code.at(index);
    return instruction instanceof ThrowInstruction
        || instruction instanceof ArrayLoadInstruction
        || instruction instanceof ArrayStoreInstruction
        || instruction instanceof InvokeDynamicInstruction dynamic && isConcatenation(dynamic)
        || code.callAt(index).filter(call -> canThrow(calls, call)).isPresent();
  }

  private static boolean isConcatenation(InvokeDynamicInstruction dynamic) {
    return dynamic.name().equalsString("makeConcatWithConstants");
  }

  private static boolean canThrow(Calls calls, Call call) {
    boolean harmless =
        Locks.isIn(call) && !Locks.awaits(call) && !call.name().endsWith("Interruptibly")
            || call.owner().startsWith("java.util.concurrent.atomic.")
            || call.owner().equals("java.util.concurrent.TimeUnit")
            || HARMLESS.contains(call.name())
            || calls.onlyReads(call);
    return !harmless;
  }
}
