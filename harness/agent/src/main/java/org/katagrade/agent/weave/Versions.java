package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.katagrade.agent.explore.Mode;

/** The versions of the methods of one class. */
final class Versions {

  /** The first version in which interfaces have methods with code, and all classes frames. */
  static final int OLDEST = ClassFile.JAVA_8_VERSION;

  static final MethodTypeDesc MODE = MethodTypeDesc.of(CD_int);

  private final ClassModel type;
  private final boolean detects;
  private final StepCalls calls;
  private final boolean watches;
  private final Map<String, MethodModel> pristine = new HashMap<>();
  private final Set<String> written = new HashSet<>();

  /**
   * The versions of a class.
   *
   * @param type the class without the detector
   * @param detects whether there is one with it
   * @param watches whether its variables are of interest
   */
  Versions(ClassModel type, boolean detects, StepCalls calls, boolean watches) {
    this.type = type;
    this.detects = detects;
    this.calls = calls;
    this.watches = watches;
    type.methods().forEach(method -> pristine.put(key(method), method));
  }

  private static String key(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  /** Writes a method, as it is with the detector or without, and its other versions. */
  void write(ClassBuilder builder, MethodModel method) {
    written.add(key(method));
    if (isInitialiser(method)) {
      builder.transformMethod(
          method, MethodTransform.transformingCode(steps(method, true).transform()));
      return;
    }
    builder.transformMethod(
        method,
        MethodTransform.transformingCode(new Guard(type, method, detects))
            .andThen(
                (methods, element) -> {
                  if (element instanceof AccessFlags flags) {
                    methods.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
                  } else {
                    methods.with(element);
                  }
                }));
    MethodModel original = pristine.getOrDefault(key(method), method);
    version(builder, original, Mode.EXPLORED);
    if (detects) {
      version(builder, method, Mode.WATCHED);
    }
  }

  /** Writes the methods that are only there without the detector. */
  void writeRest(ClassBuilder builder) {
    for (MethodModel method : type.methods()) {
      if (method.code().isPresent() && !written.contains(key(method))) {
        write(builder, method);
      }
    }
  }

  private void version(ClassBuilder builder, MethodModel method, Mode mode) {
    int flags =
        method.flags().has(AccessFlag.STATIC)
            ? ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC
            : ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC;
    CodeModel code = method.code().orElseThrow();
    builder.withMethod(
        mode.nameOf(method.methodName().stringValue()),
        method.methodTypeSymbol(),
        flags,
        copy -> copy.transformCode(code, steps(method, false).transform()));
  }

  private StepMethod steps(MethodModel method, boolean shadows) {
    return new StepMethod(
        type, calls, method, (CodeAttribute) method.code().orElseThrow(), watches, shadows);
  }

  private static boolean isInitialiser(MethodModel method) {
    return method.methodName().equalsString(ConstantDescs.INIT_NAME)
        || method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
  }
}
