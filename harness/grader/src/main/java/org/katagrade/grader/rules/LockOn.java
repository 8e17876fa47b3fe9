package org.katagrade.grader.rules;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Code;

/** A synchronized block on an object that makes a poor lock. */
enum LockOn implements Pattern {
  /** A string, a boxed or another value, of which the JVM may hand out one to many. */
  SHARED_VALUE {
    @Override
    boolean matches(Submission submission, Code code, int enter) {
      return VALUES.contains(code.operand(enter, 0).typeName());
    }
  },

  /** The class of an object, which may be a subclass; in a final class it cannot. */
  RUNTIME_CLASS {
    @Override
    boolean matches(Submission submission, Code code, int enter) {
      int source = code.operand(enter, 0).source();
      if (source < 0) {
        return false;
      }
      boolean isFinal = code.type().flags().has(AccessFlag.FINAL);
      return code.callAt(source)
          .filter(call -> call.isObjects("getClass"))
          .filter(call -> !(isFinal && code.receiver(source, call).isThis()))
          .isPresent();
    }
  },

  /** An object created in the very expression. */
  NEW_OBJECT {
    @Override
    boolean matches(Submission submission, Code code, int enter) {
      int last = lastOfExpression(enter);
      return last >= 0 && code.callAt(last).filter(call -> call.isConstructor()).isPresent();
    }
  },

  /** A lock of java.util.concurrent, whose own lock is another one than its monitor. */
  LOCK {
    @Override
    boolean matches(Submission submission, Code code, int enter) {
      return Locks.isLockOrCondition(code.operand(enter, 0).typeName());
    }
  },

  /** A field of this object, or a static one, that is given another object after construction. */
  REASSIGNED_FIELD {
    @Override
    boolean matches(Submission submission, Code code, int enter) {
      int last = lastOfExpression(enter);
      if (last < 0 || !(code.at(last) instanceof FieldInstruction field)) {
        return false;
      }
      boolean ours = field.opcode() == Opcode.GETSTATIC || code.operand(last, 0).isThis();
      return ours && isReassigned(submission, field);
    }
  };

  private static final Set<String> VALUES =
      Set.of(
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.util.Optional",
          "java.time.Duration",
          "java.time.Instant");

  abstract boolean matches(Submission submission, Code code, int enter);

  @Override
  public List<Frame> places(Submission submission) {
    List<Frame> places = new ArrayList<>();
    for (Code code : submission.methods()) {
      for (int i = 0; i < code.size(); i++) {
        if (code.at(i).opcode() == Opcode.MONITORENTER && matches(submission, code, i)) {
          places.add(code.frame(i));
        }
      }
    }
    return places;
  }

  /** The last instruction of what stands in the parentheses: javac copies and stores the object. */
  private static int lastOfExpression(int enter) {
    return enter - 3;
  }

  private static boolean isReassigned(Submission submission, FieldInstruction read) {
    for (Code code : submission.methods()) {
      if (code.asCall().isConstructor() || code.asCall().name().equals("<clinit>")) {
        continue;
      }
      for (int i = 0; i < code.size(); i++) {
        if (code.at(i) instanceof FieldInstruction write
            && (write.opcode() == Opcode.PUTFIELD || write.opcode() == Opcode.PUTSTATIC)
            && write.name().equals(read.name())
            && write.owner().equals(read.owner())) {
          return true;
        }
      }
    }
    return false;
  }
}
