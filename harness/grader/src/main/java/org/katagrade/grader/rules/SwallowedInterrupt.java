package org.katagrade.grader.rules;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;
import org.katagrade.grader.rules.bytecode.Handler;

/**
 * A {@code catch (InterruptedException e)} after which nobody can know that there was an interrupt.
 *
 * <p>Anything done in the block that is not logging counts as an answer: a throw, a return, a field
 * or variable set, a call. The body of a thread may also answer by coming to its end, for the
 * thread is its own; so may a private method by leaving its loop.
 */
final class SwallowedInterrupt implements Pattern {

  private static final Set<String> LOGGING_TYPES =
      Set.of(
          "java.io.PrintStream",
          "java.lang.String",
          "java.lang.StringBuilder",
          "java.lang.System",
          "java.lang.System$Logger",
          "java.util.logging.Logger");

  private static final Set<String> LOGGING_NAMES =
      Set.of("printStackTrace", "getMessage", "toString", "getName", "currentThread", "unlock");

  @Override
  public List<Frame> places(Submission submission) {
    Predicate<Call> interrupting =
        submission.calls().leadingTo(call -> call.isTo("java.lang.Thread", "interrupt"));
    List<Frame> places = new ArrayList<>();
    for (Code code : submission.methods()) {
      Map<Integer, List<Handler>> blocks = new LinkedHashMap<>();
      for (Handler handler : code.flow().handlers()) {
        if (catchesInterrupt(handler)) {
          blocks.computeIfAbsent(handler.entry(), key -> new ArrayList<>()).add(handler);
        }
      }
      blocks.forEach(
          (entry, handlers) -> {
            if (isSwallowed(submission.calls(), code, entry, handlers, interrupting)) {
              places.add(code.frame(entry));
            }
          });
    }
    return places;
  }

  private static boolean catchesInterrupt(Handler handler) {
    return handler
        .caught()
        .filter(type -> type.descriptorString().equals("Ljava/lang/InterruptedException;"))
        .isPresent();
  }

  private static boolean isSwallowed(
      Calls calls, Code code, int entry, List<Handler> handlers, Predicate<Call> interrupting) {
    BitSet tried = new BitSet();
    handlers.forEach(handler -> tried.or(code.flow().from(handler.start())));
    BitSet after = code.flow().from(entry);
    BitSet block = (BitSet) after.clone();
    block.andNot(tried);
    if (block.stream().anyMatch(i -> i != entry && answers(code, i, tried, interrupting))) {
      return false;
    }
    boolean triesAgain = handlers.stream().anyMatch(handler -> after.get(handler.start()));
    boolean wasLoop =
        handlers.stream()
            .flatMapToInt(handler -> IntStream.range(handler.start(), handler.end()))
            .anyMatch(code.flow()::inLoop);
    if (wasLoop && !triesAgain && isPrivate(code)) {
      return false;
    }
    return !isThreadBody(calls, code)
        || after.stream().noneMatch(i -> code.at(i) instanceof ReturnInstruction)
        || after.stream()
            .anyMatch(i -> code.callAt(i).filter(SwallowedInterrupt::asks).isPresent());
  }

  /** Whether this instruction of the block does something about the interrupt. */
  private static boolean answers(Code code, int index, BitSet tried, Predicate<Call> interrupting) {
    Instruction instruction = code.at(index);
    return switch (instruction) {
      case ThrowInstruction _, ReturnInstruction _, StoreInstruction _, IncrementInstruction _ ->
          true;
      case FieldInstruction field ->
          field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
      default ->
          code.callAt(index)
              .filter(
                  call ->
                      interrupting.test(call)
                          || !isLogging(call) && !isCopiedFinally(code, index, call, tried))
              .isPresent();
    };
  }

  private static boolean isLogging(Call call) {
    return LOGGING_TYPES.contains(call.owner()) || LOGGING_NAMES.contains(call.name());
  }

  /**
   * Whether javac repeated here, line and all, what the finally block does after the try as well.
   */
  private static boolean isCopiedFinally(Code code, int index, Call call, BitSet tried) {
    return tried.stream()
        .filter(i -> code.line(i) == code.line(index))
        .anyMatch(i -> code.callAt(i).filter(call::equals).isPresent());
  }

  private static boolean isPrivate(Code code) {
    return code.method().flags().has(AccessFlag.PRIVATE);
  }

  private static boolean isThreadBody(Calls calls, Code code) {
    String name = code.asCall().name();
    boolean entry = name.equals("run") || name.equals("call");
    return entry && code.asCall().type().parameterCount() == 0
        || code.isLambda()
        || calls.isHandedOver(code);
  }

  private static boolean asks(Call call) {
    return call.isTo(Set.of("java.lang.Thread"), Set.of("isInterrupted", "interrupted"));
  }
}
