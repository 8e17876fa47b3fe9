package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Guarded;

/** Gives the detector's own methods that are {@link Guarded} their handler, in the build. */
final class Shield {

  static final ClassDesc FAULTS = ClassDesc.ofDescriptor(Faults.class.descriptorString());
  private static final String GUARDED = Guarded.class.descriptorString();
  private static final MethodTypeDesc NOTE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable);

  private Shield() {}

  /** The class with its handlers, and without the annotations that ask for them. */
  static byte[] over(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    if (model.methods().stream().noneMatch(Shield::isGuarded)) {
      return bytes;
    }
    // The frames that javac wrote stay.
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .transformClass(
            model,
            (builder, element) -> {
              if (element instanceof MethodModel method && isGuarded(method)) {
                builder.transformMethod(method, guarding(method));
              } else {
                builder.with(element);
              }
            });
  }

  private static MethodTransform guarding(MethodModel method) {
    String type = method.methodType().stringValue();
    if (!type.endsWith(")V") && !type.matches("\\(Ljava/lang/Object;.*\\)Ljava/lang/Object;")) {
      throw new IllegalArgumentException(
          method.methodName() + type + " has to return nothing or its first argument");
    }
    return MethodTransform.dropping(RuntimeInvisibleAnnotationsAttribute.class::isInstance)
        .andThen(MethodTransform.transformingCode(new Guard(method)));
  }

  static boolean isGuarded(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .map(
            all ->
                all.annotations().stream()
                    .anyMatch(annotation -> annotation.className().equalsString(GUARDED)))
        .orElse(false);
  }

  /** Wraps one method. */
  private static final class Guard implements CodeTransform {

    private final MethodModel method;
    private @Nullable Label start;

    Guard(MethodModel method) {
      this.method = method;
    }

    @Override
    public void atStart(CodeBuilder code) {
      start = code.newBoundLabel();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
      Label end = code.newBoundLabel();
      Label handler = code.newBoundLabel();
      code.exceptionCatchAll(java.util.Objects.requireNonNull(start), end, handler);
      code.invokestatic(FAULTS, "note", NOTE);
      List<StackMapFrameInfo.VerificationTypeInfo> first = new ArrayList<>();
      if (method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void)) {
        code.return_();
      } else {
        int slot = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
        code.aload(slot).areturn();
        first.add(ObjectVerificationTypeInfo.of(method.methodTypeSymbol().parameterType(0)));
      }
      List<StackMapFrameInfo> frames = new ArrayList<>();
      method
          .code()
          .map(CodeAttribute.class::cast)
          .flatMap(original -> original.findAttribute(Attributes.stackMapTable()))
          .ifPresent(table -> frames.addAll(table.entries()));
      frames.add(
          StackMapFrameInfo.of(
              handler, first, List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
      code.with(StackMapTableAttribute.of(frames));
    }
  }
}
