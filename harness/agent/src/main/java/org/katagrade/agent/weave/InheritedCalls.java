package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes out calls that may reach a method of the JDK although the type that is called does not
 * tell: {@code guard.lock()}, where a class extends {@code ReentrantLock} and implements an
 * interface {@code Guard} of the program, or {@code closeable.close()} of an executor. A method of
 * its own asks what the object is and then calls it by that type, which can be woven.
 */
final class InheritedCalls {

  private final String prefix;
  private final CallTable calls;
  private final Hierarchy hierarchy;
  private final Map<Call, String> names = new LinkedHashMap<>();

  /**
   * A call, and where it is: there the method makes it, too.
   *
   * @param owner the type that is called
   */
  private record Call(
      ClassDesc owner, boolean isInterface, String name, MethodTypeDesc type, int line) {

    MethodTypeDesc withReceiver() {
      return type.insertParameterTypes(0, owner);
    }
  }

  /**
   * The calls of one class.
   *
   * @param prefix what the names of the methods begin with
   */
  InheritedCalls(String prefix, CallTable calls, Hierarchy hierarchy) {
    this.prefix = prefix;
    this.calls = calls;
    this.hierarchy = hierarchy;
  }

  boolean anyIn(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if ((entry instanceof InterfaceMethodRefEntry || entry instanceof MethodRefEntry)
          && !behind((MemberRefEntry) entry).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private List<Class<?>> behind(MemberRefEntry method) {
    return calls.behind(
        method.owner().asInternalName(),
        method.name().stringValue(),
        method.type().stringValue(),
        method instanceof InterfaceMethodRefEntry,
        hierarchy);
  }

  ClassTransform asMethods(ClassModel model) {
    return rewriting(model)
        .andThen(
            ClassTransform.endHandler(
                builder -> names.forEach((call, name) -> writeMethod(builder, call, name))));
  }

  private ClassTransform rewriting(ClassModel model) {
    return (builder, element) -> {
      if (element instanceof MethodModel method && method.code().isPresent()) {
        CodeAttribute code = (CodeAttribute) method.code().orElseThrow();
        builder.transformMethod(
            method, MethodTransform.transformingCode(new Rewriting(model, code)));
      } else {
        builder.with(element);
      }
    };
  }

  /** The frames stay as they are; the writer of class files would drop them. */
  private final class Rewriting implements CodeTransform {

    private final ClassModel model;
    private final CodeAttribute original;
    private int line;

    Rewriting(ClassModel model, CodeAttribute original) {
      this.model = model;
      this.original = original;
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      if (element instanceof LineNumber here) {
        line = here.line();
      }
      if (element instanceof InvokeInstruction call
          && (call.opcode() == Opcode.INVOKEINTERFACE || call.opcode() == Opcode.INVOKEVIRTUAL)
          && !behind(call.method()).isEmpty()) {
        rewrite(builder, call);
      } else {
        builder.with(element);
      }
    }

    private void rewrite(CodeBuilder builder, InvokeInstruction original) {
      Call call =
          new Call(
              original.owner().asSymbol(),
              original.isInterface(),
              original.name().stringValue(),
              original.typeSymbol(),
              line);
      String name = names.computeIfAbsent(call, any -> prefix + names.size());
      builder.invokestatic(
          model.thisClass().asSymbol(),
          name,
          call.withReceiver(),
          model.flags().has(AccessFlag.INTERFACE));
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      original
          .findAttribute(Attributes.stackMapTable())
          .ifPresent(table -> builder.with(StackMapTableAttribute.of(table.entries())));
    }
  }

  private void writeMethod(ClassBuilder builder, Call call, String name) {
    List<Class<?>> types =
        calls.behind(
            MethodReferences.internalName(call.owner),
            call.name,
            call.type.descriptorString(),
            call.isInterface,
            hierarchy);
    builder.withMethodBody(
        name,
        call.withReceiver(),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> writeBody(code, call, types));
  }

  private static void writeBody(CodeBuilder code, Call call, List<Class<?>> types) {
    if (call.line > 0) {
      code.lineNumber(call.line);
    }
    List<VerificationTypeInfo> locals = new ArrayList<>();
    for (ClassDesc parameter : call.withReceiver().parameterList()) {
      locals.add(Frames.verified(parameter));
    }
    List<StackMapFrameInfo> frames = new ArrayList<>();
    for (Class<?> type : types) {
      ClassDesc known = MethodWeaver.describe(type);
      Label otherwise = code.newLabel();
      code.aload(0).instanceOf(known).ifeq(otherwise);
      code.aload(0).checkcast(known);
      invoke(code, call, known, type.isInterface());
      code.labelBinding(otherwise);
      frames.add(StackMapFrameInfo.of(otherwise, locals, List.of()));
    }
    code.aload(0);
    invoke(code, call, call.owner, call.isInterface);
    code.with(StackMapTableAttribute.of(frames));
  }

  /** With the receiver on the stack. */
  private static void invoke(CodeBuilder code, Call call, ClassDesc owner, boolean isInterface) {
    int slot = 1;
    for (ClassDesc parameter : call.type.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    if (isInterface) {
      code.invokeinterface(owner, call.name, call.type);
    } else {
      code.invokevirtual(owner, call.name, call.type);
    }
    code.return_(TypeKind.from(call.type.returnType()));
  }
}
