package org.katagrade.grader.rules;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;

/** A solution in which nothing is written yet. */
public final class Stub {

  private static final String NOT_IMPLEMENTED = "java/lang/UnsupportedOperationException";

  /** Make it, twice on the stack, with a text, and throw it. */
  private static final int MOST_STEPS = 5;

  private Stub() {}

  /**
   * Whether all that the methods of these classes do is to throw an {@link
   * UnsupportedOperationException}. What constructors do is not looked at: they come first, and
   * keep no promise alone.
   */
  public static boolean isAllOf(List<ClassBytes> theirs) {
    List<CodeModel> methods =
        theirs.stream()
            .map(type -> ClassFile.of().parse(type.bytes()))
            .flatMap(type -> type.methods().stream())
            .filter(method -> !method.methodName().stringValue().startsWith("<"))
            .filter(method -> !method.flags().has(AccessFlag.SYNTHETIC))
            .map(MethodModel::code)
            .flatMap(code -> code.stream())
            .toList();
    return !methods.isEmpty() && methods.stream().allMatch(Stub::onlyThrows);
  }

  private static boolean onlyThrows(CodeModel code) {
    List<Instruction> steps =
        code.elementStream()
            .filter(Instruction.class::isInstance)
            .map(Instruction.class::cast)
            .toList();
    return steps.getFirst() instanceof NewObjectInstruction created
        && created.className().asInternalName().equals(NOT_IMPLEMENTED)
        && steps.getLast() instanceof ThrowInstruction
        && steps.size() <= MOST_STEPS;
  }
}
