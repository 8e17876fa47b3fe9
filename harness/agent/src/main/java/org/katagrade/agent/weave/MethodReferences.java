package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes references to methods of the JDK, as {@code lock::unlock}, out as lambdas: a reference is
 * no call that could be woven, and the body of a lambda has one.
 */
final class MethodReferences {

  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

  private final String prefix;
  private final Interest interest;
  private final Map<Reference, String> names = new LinkedHashMap<>();

  /** Which methods' calls are woven. */
  @FunctionalInterface
  interface Interest {

    boolean isOfInterest(String owner, String name, String descriptor, boolean isInterface);
  }

  /**
   * A method, and the parameters of the lambda for it: the receiver is of the type that was
   * captured, which a static method must match exactly.
   *
   * @param line of the reference, which is where the lambda makes its call; 0 if it is unknown
   */
  private record Reference(DirectMethodHandleDesc method, MethodTypeDesc type, int line) {

    static Reference of(DirectMethodHandleDesc method, MethodTypeDesc captured, int line) {
      MethodTypeDesc type = method.invocationType();
      return new Reference(
          method,
          captured.parameterCount() == 0
              ? type
              : type.changeParameterType(0, captured.parameterType(0)),
          line);
    }
  }

  /**
   * The references of one class.
   *
   * @param prefix what the names of the lambdas begin with
   */
  MethodReferences(String prefix, Interest interest) {
    this.prefix = prefix;
    this.interest = interest;
  }

  boolean anyIn(ClassModel model) {
    for (var entry : model.constantPool()) {
      if (entry instanceof MethodHandleEntry handle && isOfInterest(handle.asSymbol())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfInterest(DirectMethodHandleDesc method) {
    return switch (method.kind()) {
      case VIRTUAL, INTERFACE_VIRTUAL, STATIC, INTERFACE_STATIC ->
          interest.isOfInterest(
              internalName(method.owner()),
              method.methodName(),
              method.lookupDescriptor(),
              method.isOwnerInterface());
      default -> false;
    };
  }

  ClassTransform asLambdas(ClassModel model) {
    return rewriting(model)
        .andThen(
            ClassTransform.endHandler(
                builder ->
                    names.forEach((reference, name) -> writeLambda(builder, reference, name))));
  }

  private ClassTransform rewriting(ClassModel model) {
    return (builder, element) -> {
      if (element instanceof MethodModel method && method.code().isPresent()) {
        CodeModel code = method.code().orElseThrow();
        builder.transformMethod(
            method, MethodTransform.transformingCode(new Rewriting(model, (CodeAttribute) code)));
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
      if (element instanceof InvokeDynamicInstruction call && isLambda(call)) {
        rewrite(builder, call, model, line);
      } else {
        builder.with(element);
      }
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      original
          .findAttribute(Attributes.stackMapTable())
          .ifPresent(table -> builder.with(StackMapTableAttribute.of(table.entries())));
    }
  }

  private static boolean isLambda(InvokeDynamicInstruction call) {
    return internalName(call.bootstrapMethod().owner()).equals(FACTORY)
        && call.bootstrapArgs().size() > 1;
  }

  private void rewrite(
      CodeBuilder builder, InvokeDynamicInstruction call, ClassModel model, int line) {
    ConstantDesc[] arguments = call.bootstrapArgs().toArray(ConstantDesc[]::new);
    if (arguments[1] instanceof DirectMethodHandleDesc method && isOfInterest(method)) {
      Reference reference = Reference.of(method, call.typeSymbol(), line);
      String name = names.computeIfAbsent(reference, any -> prefix + names.size());
      arguments[1] =
          MethodHandleDesc.ofMethod(
              model.flags().has(AccessFlag.INTERFACE)
                  ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                  : DirectMethodHandleDesc.Kind.STATIC,
              model.thisClass().asSymbol(),
              name,
              reference.type());
      builder.invokedynamic(
          DynamicCallSiteDesc.of(
              call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments));
    } else {
      builder.with(call);
    }
  }

  private static void writeLambda(ClassBuilder builder, Reference reference, String name) {
    DirectMethodHandleDesc method = reference.method();
    MethodTypeDesc type = reference.type();
    MethodTypeDesc declared = MethodTypeDesc.ofDescriptor(method.lookupDescriptor());
    builder.withMethodBody(
        name,
        type,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          if (reference.line() > 0) {
            code.lineNumber(reference.line());
          }
          int slot = 0;
          for (ClassDesc parameter : type.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
          }
          ClassDesc owner = method.owner();
          switch (method.kind()) {
            case VIRTUAL -> code.invokevirtual(owner, method.methodName(), declared);
            case INTERFACE_VIRTUAL -> code.invokeinterface(owner, method.methodName(), declared);
            default ->
                code.invokestatic(owner, method.methodName(), declared, method.isOwnerInterface());
          }
          code.return_(TypeKind.from(type.returnType()));
        });
  }

  static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }
}
