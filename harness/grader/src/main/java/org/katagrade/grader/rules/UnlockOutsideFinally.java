package org.katagrade.grader.rules;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;

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
    return submission.calls().sites().stream()
        .filter(site -> Locks.takes(site.call()))
        .filter(site -> mayStayLocked(submission.calls(), site.code(), site.index()))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean mayStayLocked(Calls calls, Code code, int lock) {
    BitSet after = code.flow().after(lock);
    if (after.stream().noneMatch(i -> unlocks(calls, code, i))) {
      return false;
    }
    BitSet held = code.flow().afterUntil(lock, i -> unlocks(calls, code, i));
    boolean takesMany = held.get(lock);
    return !takesMany
        && held.stream()
            .filter(i -> !unlocks(calls, code, i) && canThrow(calls, code, i))
            .anyMatch(i -> !isReleasedWhenThrown(calls, code, i));
  }

  private static boolean unlocks(Calls calls, Code code, int index) {
    return code.callAt(index).filter(call -> calls.leadsTo(call, Locks::releases)).isPresent();
  }

  private static boolean isReleasedWhenThrown(Calls calls, Code code, int index) {
    return code.flow().handlersOver(index).stream()
        .filter(handler -> handler.caught().map(WIDE::contains).orElse(true))
        .anyMatch(
            handler ->
                code.flow().fromEvenThrown(handler.entry()).stream()
                    .anyMatch(i -> unlocks(calls, code, i)));
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
