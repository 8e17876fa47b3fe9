package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one method in which the JDK locks the receiver, as {@code Vector.add} does. The JVM
 * has loaded such classes before the agent, and what is {@code synchronized} stays so; therefore
 * the monitor is entered, as the explorer sees it, around the call.
 */
final class CallLocks {

  private static final ClassDesc MONITORS = ClassDesc.of("org.katagrade.agent.explore.Monitors");
  private static final MethodTypeDesc ON_OBJECT = MethodTypeDesc.of(CD_void, CD_Object);

  /**
   * One call.
   *
   * @param outer the handlers around it, innermost first
   */
  private record Locked(Label from, Label to, int receiver, List<ExceptionCatch> outer) {}

  /** All handlers of the method, in their order. */
  private final List<ExceptionCatch> handlers = new ArrayList<>();

  private final List<ExceptionCatch> open = new ArrayList<>();
  private final List<Locked> calls = new ArrayList<>();

  /** Takes a handler, which is written at the end. */
  void add(ExceptionCatch handler) {
    handlers.add(handler);
  }

  /** The code has come to a label. */
  void at(Label label) {
    for (ExceptionCatch handler : handlers) {
      if (handler.tryEnd().equals(label)) {
        open.remove(handler);
      } else if (handler.tryStart().equals(label)) {
        open.add(handler);
      }
    }
  }

  /**
   * Writes a call.
   *
   * @param slot where its receiver is
   */
  void around(CodeBuilder code, int slot, Runnable call) {
    // A variable of the type that the handler's frame says.
    int receiver = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(slot).invokestatic(MONITORS, "lockedBy", MethodTypeDesc.of(CD_Object, CD_Object));
    code.dup().astore(receiver).invokestatic(MONITORS, "enterWithin", ON_OBJECT);
    Label from = code.newBoundLabel();
    call.run();
    Label to = code.newBoundLabel();
    code.aload(receiver).invokestatic(MONITORS, "exitWithin", ON_OBJECT);
    List<ExceptionCatch> outer = new ArrayList<>(handlers);
    outer.retainAll(open);
    calls.add(new Locked(from, to, receiver, outer));
  }

  /**
   * Writes the handlers, innermost first, at the end of the code.
   *
   * @param around the variables that what surrounds the whole method expects
   */
  void write(CodeBuilder code, List<StackMapFrameInfo> frames, List<VerificationTypeInfo> around) {
    List<ExceptionCatch> ofHandlers = new ArrayList<>();
    for (Locked call : calls) {
      Label handler = code.newBoundLabel();
      code.aload(call.receiver()).invokestatic(MONITORS, "exitWithin", ON_OBJECT).athrow();
      Label end = code.newBoundLabel();
      code.exceptionCatchAll(call.from(), call.to(), handler);
      for (ExceptionCatch outer : call.outer()) {
        ofHandlers.add(ExceptionCatch.of(outer.handler(), handler, end, outer.catchType()));
      }
      frames.add(
          new Frames(call.receiver(), List.of(ObjectVerificationTypeInfo.of(CD_Object)))
              .extend(frame(handler, call.outer(), frames, around)));
    }
    ofHandlers.forEach(code::with);
    handlers.forEach(code::with);
  }

  /** All the variables that any of the handlers around it expects, or what surrounds the method. */
  private static StackMapFrameInfo frame(
      Label handler,
      List<ExceptionCatch> outer,
      List<StackMapFrameInfo> frames,
      List<VerificationTypeInfo> around) {
    List<VerificationTypeInfo> slots = new ArrayList<>();
    Frames.fill(slots, around);
    for (ExceptionCatch one : outer) {
      for (StackMapFrameInfo frame : frames) {
        if (frame.target().equals(one.handler())) {
          Frames.fill(slots, frame.locals());
        }
      }
    }
    return StackMapFrameInfo.of(
        handler,
        Frames.ofSlots(slots),
        List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable)));
  }
}
