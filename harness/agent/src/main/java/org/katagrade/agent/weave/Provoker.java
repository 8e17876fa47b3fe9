package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Lets one of the detector's own methods fail at once, for tests of what happens then. */
public final class Provoker implements ClassFileTransformer {

  private static final String OURS = "org/katagrade/agent/";

  private final String type;
  private final String method;

  private Provoker(String type, String method) {
    this.type = type;
    this.method = method;
  }

  /**
   * Starts, and loads the class, since one that is first needed while another is being woven is not
   * shown to any transformer.
   *
   * @param method as {@code order/Hooks.enterMonitor}
   */
  public static void start(Instrumentation instrumentation, String method)
      throws ClassNotFoundException {
    String type = OURS + method.substring(0, method.indexOf('.'));
    instrumentation.addTransformer(new Provoker(type, method.substring(method.indexOf('.') + 1)));
    Class.forName(type.replace('/', '.'), false, null);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (!type.equals(name)) {
      return null;
    }
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .transformClass(
            ClassFile.of().parse(bytes),
            (builder, element) -> {
              if (element instanceof MethodModel found && found.methodName().equalsString(method)) {
                CodeAttribute code = (CodeAttribute) found.code().orElseThrow();
                builder.transformMethod(found, MethodTransform.transformingCode(new Failing(code)));
              } else {
                builder.with(element);
              }
            });
  }

  /** Within the handlers that begin with the method. */
  private static final class Failing implements CodeTransform {

    private final CodeAttribute original;
    private boolean failed;

    Failing(CodeAttribute original) {
      this.original = original;
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (!failed && element instanceof Instruction) {
        failed = true;
        code.invokestatic(Shield.FAULTS, "provoke", MethodTypeDesc.of(ConstantDescs.CD_void));
      }
      code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
      original
          .findAttribute(Attributes.stackMapTable())
          .ifPresent(table -> code.with(StackMapTableAttribute.of(table.entries())));
    }
  }
}
