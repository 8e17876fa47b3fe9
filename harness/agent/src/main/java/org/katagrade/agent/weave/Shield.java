package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Guarded;

/** Gives the detector's own methods that are {@link Guarded} their handler. */
public final class Shield implements ClassFileTransformer {

  private static final String OURS = "org/katagrade/agent/";

  /** The classes with such methods, by name: to name the class itself would load it too early. */
  static final List<String> CLASSES =
      List.of(
          "race/SyncVar",
          "race/Variables",
          "order/Arrays",
          "order/Atomics",
          "order/Callbacks",
          "order/CarriedFunction",
          "order/CollectionFunctions",
          "order/Collections",
          "order/Futures",
          "order/Hooks",
          "order/Streams",
          "order/UnsafeMemory");

  private static final String GUARDED = Guarded.class.descriptorString();
  private static final ClassDesc FAULTS = ClassDesc.ofDescriptor(Faults.class.descriptorString());
  private static final MethodTypeDesc NOTE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable);

  private final @Nullable String faulty;

  /**
   * Raises the shield and loads what is behind it: a class that is first needed while another is
   * being woven is not shown to any transformer.
   *
   * @param faulty the method that is to fail, for tests, as {@code Hooks.enterMonitor}; or null
   */
  public static void raise(Instrumentation instrumentation, @Nullable String faulty)
      throws ClassNotFoundException {
    instrumentation.addTransformer(new Shield(faulty));
    for (String name : CLASSES) {
      Class.forName((OURS + name).replace('/', '.'), false, null);
    }
  }

  private Shield(@Nullable String faulty) {
    this.faulty = faulty;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null
        || name == null
        || !name.startsWith(OURS)
        || !CLASSES.contains(name.substring(OURS.length()))) {
      return null;
    }
    try {
      ClassModel model = ClassFile.of().parse(bytes);
      // The frames that javac wrote stay; computing them would load classes.
      return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
          .transformClass(model, transform(name.substring(name.lastIndexOf('/') + 1)));
    } catch (Throwable e) { // a class without handlers still works
      Faults.note(e);
      return null;
    }
  }

  private ClassTransform transform(String type) {
    return (builder, element) -> {
      if (element instanceof MethodModel method && isGuarded(method)) {
        boolean fails = (type + "." + method.methodName().stringValue()).equals(faulty);
        builder.transformMethod(method, MethodTransform.transformingCode(new Guard(method, fails)));
      } else {
        builder.with(element);
      }
    };
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
    private final boolean fails;
    private @Nullable Label start;

    Guard(MethodModel method, boolean fails) {
      this.method = method;
      this.fails = fails;
    }

    @Override
    public void atStart(CodeBuilder code) {
      start = code.newBoundLabel();
      if (fails) {
        code.invokestatic(FAULTS, "provoke", MethodTypeDesc.of(ConstantDescs.CD_void));
      }
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
