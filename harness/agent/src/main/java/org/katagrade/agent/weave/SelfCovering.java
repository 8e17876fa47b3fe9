package org.katagrade.agent.weave;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashSet;
import java.util.Set;

/**
 * The exception handlers of a method that cover their own first instructions, as javac writes them
 * for {@code synchronized}. Once the monitor is not the JVM's, what they cover is a call, and the
 * JVM would never compile the method.
 */
final class SelfCovering {

  private final Set<Label> idle = new HashSet<>();

  SelfCovering(CodeModel code) {
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      if (coversItself(handler) && coversNothingElse(code, handler)) {
        idle.add(handler.handler());
      }
    }
  }

  private static boolean coversItself(ExceptionCatch handler) {
    return handler.catchType().isEmpty() && handler.handler().equals(handler.tryStart());
  }

  private static boolean coversNothingElse(CodeModel code, ExceptionCatch handler) {
    boolean within = false;
    for (CodeElement element : code) {
      if (element instanceof LabelTarget target) {
        within |= target.label().equals(handler.tryStart());
        if (target.label().equals(handler.tryEnd())) {
          return within;
        }
      } else if (within
          && element instanceof Instruction
          && !(element instanceof StoreInstruction
              || element instanceof LoadInstruction
              || element instanceof MonitorInstruction)) {
        return false;
      }
    }
    return false;
  }

  /** Whether nothing is lost without this handler. */
  boolean isIdle(ExceptionCatch handler) {
    return coversItself(handler) && idle.contains(handler.handler());
  }
}
