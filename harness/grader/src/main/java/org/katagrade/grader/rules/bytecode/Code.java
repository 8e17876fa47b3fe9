package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;

/**
 * One method of a student: its instructions by number, each with its line, its calls and its
 * operands.
 */
public final class Code {

  private final ClassModel type;
  private final MethodModel method;
  private final Listing listing;
  private final Flow flow;
  private @Nullable Operands operands;

  private Code(ClassModel type, MethodModel method, CodeAttribute code) {
    this.type = type;
    this.method = method;
    this.listing = Listing.of(code);
    this.flow = new Flow(listing);
  }

  /** The methods of a class that have code; bridges, which nobody wrote, are left out. */
  public static List<Code> of(ClassModel type) {
    List<Code> all = new ArrayList<>();
    for (MethodModel method : type.methods()) {
      if (!method.flags().has(AccessFlag.BRIDGE)) {
        method
            .findAttribute(Attributes.code())
            .ifPresent(code -> all.add(new Code(type, method, code)));
      }
    }
    return all;
  }

  public ClassModel type() {
    return type;
  }

  public MethodModel method() {
    return method;
  }

  public Flow flow() {
    return flow;
  }

  /** This method, as instructions elsewhere name it. */
  public Call asCall() {
    return new Call(typeName(), method.methodName().stringValue(), method.methodTypeSymbol());
  }

  public boolean isLambda() {
    return method.flags().has(AccessFlag.SYNTHETIC)
        && method.methodName().stringValue().startsWith("lambda$");
  }

  public int size() {
    return listing.instructions().size();
  }

  public Instruction at(int index) {
    return listing.instructions().get(index);
  }

  /** What this instruction calls; lambdas and method references are not called yet. */
  public Optional<Call> callAt(int index) {
    return index < size() && at(index) instanceof InvokeInstruction invoke
        ? Optional.of(Call.of(invoke))
        : Optional.empty();
  }

  /**
   * The methods that this instruction turns into an object: a lambda's body, a method reference.
   */
  public List<Call> handedOverAt(int index) {
    if (!(at(index) instanceof InvokeDynamicInstruction dynamic)) {
      return List.of();
    }
    return dynamic.bootstrapArgs().stream()
        .filter(DirectMethodHandleDesc.class::isInstance)
        .map(DirectMethodHandleDesc.class::cast)
        .filter(handle -> handle.lookupDescriptor().startsWith("(")) // a record's are fields
        .map(Call::of)
        .toList();
  }

  /** The value on the stack when the instruction begins, 0 being the topmost. */
  public Value operand(int index, int depth) {
    if (operands == null) {
      operands = Operands.of(type, method, listing);
    }
    return operands.at(index, depth);
  }

  /** The object that the call at this index is made on. */
  public Value receiver(int index, Call call) {
    return operand(index, call.type().parameterCount());
  }

  public int line(int index) {
    return listing.lines().get(index);
  }

  /** The place of an instruction, in the method that the student wrote around it. */
  public Frame frame(int index) {
    return new Frame(typeName(), writtenName(), file(), line(index));
  }

  private String typeName() {
    return type.thisClass().asInternalName().replace('/', '.');
  }

  private @Nullable String file() {
    return type.findAttribute(Attributes.sourceFile())
        .map(source -> source.sourceFile().stringValue())
        .orElse(null);
  }

  private String writtenName() {
    String name = method.methodName().stringValue();
    if (!isLambda()) {
      return name;
    }
    String around = name.substring("lambda$".length(), name.lastIndexOf('$'));
    return switch (around) {
      case "new" -> "<init>";
      case "static" -> "<clinit>";
      default -> around;
    };
  }
}
