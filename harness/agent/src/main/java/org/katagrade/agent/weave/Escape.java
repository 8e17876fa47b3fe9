package org.katagrade.agent.weave;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ConstantDescs;
import org.jspecify.annotations.Nullable;

/**
 * Whether a constructor hands out its object before it ends. Counts how often the object is loaded,
 * and how often that is for no more than to reach its fields or to construct it.
 */
final class Escape {

  private Escape() {}

  static boolean mayHappen(ClassModel type, CodeModel constructor) {
    int loaded = 0;
    int accounted = 0;
    boolean constructed = false;
    Instruction last = null;
    for (CodeElement element : constructor) {
      if (element instanceof Instruction instruction) {
        if (isThis(instruction) || isDup(instruction) && isThis(last)) {
          loaded++;
        } else if (isOwnField(type, instruction, last)) {
          accounted++;
        } else if (!constructed && isConstruction(type, instruction)) {
          constructed = true;
          accounted++;
        }
        last = instruction;
      }
    }
    return loaded > accounted;
  }

  private static boolean isThis(@Nullable Instruction instruction) {
    return instruction instanceof LoadInstruction load && load.slot() == 0;
  }

  private static boolean isDup(@Nullable Instruction instruction) {
    return instruction != null && instruction.opcode() == Opcode.DUP;
  }

  /** Reads a field of the object right after it was loaded, or writes one. */
  private static boolean isOwnField(
      ClassModel type, Instruction instruction, @Nullable Instruction last) {
    return instruction instanceof FieldInstruction access
        && access.owner().asInternalName().equals(type.thisClass().asInternalName())
        && (access.opcode() == Opcode.PUTFIELD
            || access.opcode() == Opcode.GETFIELD && (isThis(last) || isDup(last)));
  }

  /** Of the object itself, by its class or the one that it extends. */
  private static boolean isConstruction(ClassModel type, Instruction instruction) {
    if (!(instruction instanceof InvokeInstruction call)
        || call.opcode() != Opcode.INVOKESPECIAL
        || !call.name().equalsString(ConstantDescs.INIT_NAME)) {
      return false;
    }
    String owner = call.owner().asInternalName();
    return owner.equals(type.thisClass().asInternalName())
        || type.superclass().map(parent -> owner.equals(parent.asInternalName())).orElse(false);
  }
}
