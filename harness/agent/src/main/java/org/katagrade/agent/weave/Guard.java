package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Mode;

/**
 * The beginning of a method, where explored threads turn off into their versions of it. It comes
 * before a {@code synchronized} method locks its monitor, so that is locked here.
 */
final class Guard implements CodeTransform {

  private static final ClassDesc STEPS = ClassDesc.of("org.katagrade.agent.explore.Steps");

  private record Range(Label from, Label to) {}

  private final ClassModel type;
  private final MethodModel method;
  private final boolean detects;
  private final boolean isSynchronized;
  private final int lock;
  private final Frames frames;
  private final List<StackMapFrameInfo> written = new ArrayList<>();
  private final List<Range> locked = new ArrayList<>();
  private @Nullable Label from;

  /**
   * The guard of a method.
   *
   * @param detects whether there is a version with the race detector
   */
  Guard(ClassModel type, MethodModel method, boolean detects) {
    this.type = type;
    this.method = method;
    this.detects = detects;
    isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
    CodeAttribute code = (CodeAttribute) method.code().orElseThrow();
    lock = code.maxLocals();
    frames =
        new Frames(
            lock,
            isSynchronized
                ? List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object))
                : List.of());
    code.findAttribute(Attributes.stackMapTable())
        .ifPresent(
            table ->
                table
                    .entries()
                    .forEach(frame -> written.add(isSynchronized ? frames.extend(frame) : frame)));
  }

  @Override
  public void atStart(CodeBuilder code) {
    Label free = code.newLabel();
    Label explored = code.newLabel();
    List<SwitchCase> cases = new ArrayList<>();
    cases.add(SwitchCase.of(Mode.EXPLORED.ordinal(), explored));
    Label watched = code.newLabel();
    cases.add(SwitchCase.of(Mode.WATCHED.ordinal(), detects ? watched : explored));
    code.invokestatic(STEPS, "mode", Versions.MODE).tableswitch(free, cases);
    turnOff(code, explored, Mode.EXPLORED);
    if (detects) {
      turnOff(code, watched, Mode.WATCHED);
    }
    target(code, free);
    // The method may have a frame of its own at its first instruction.
    code.nop();
    if (isSynchronized) {
      code.allocateLocal(TypeKind.REFERENCE);
      if (method.flags().has(AccessFlag.STATIC)) {
        code.loadConstant(type.thisClass().asSymbol());
      } else {
        code.aload(0);
      }
      code.dup().astore(lock).monitorenter();
      from = code.newBoundLabel();
    }
  }

  private void target(CodeBuilder code, Label label) {
    code.labelBinding(label);
    List<VerificationTypeInfo> locals = new ArrayList<>();
    if (!method.flags().has(AccessFlag.STATIC)) {
      locals.add(ObjectVerificationTypeInfo.of(type.thisClass().asSymbol()));
    }
    method.methodTypeSymbol().parameterList().forEach(one -> locals.add(Frames.verified(one)));
    written.add(StackMapFrameInfo.of(label, locals, List.of()));
  }

  private void turnOff(CodeBuilder code, Label label, Mode mode) {
    target(code, label);
    boolean isStatic = method.flags().has(AccessFlag.STATIC);
    int slot = 0;
    if (!isStatic) {
      code.aload(0);
      slot = 1;
    }
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    ClassDesc owner = type.thisClass().asSymbol();
    String name = mode.nameOf(method.methodName().stringValue());
    boolean isInterface = type.flags().has(AccessFlag.INTERFACE);
    if (isStatic) {
      code.invokestatic(owner, name, method.methodTypeSymbol(), isInterface);
    } else {
      code.invokespecial(owner, name, method.methodTypeSymbol(), isInterface);
    }
    code.return_(TypeKind.from(method.methodTypeSymbol().returnType()));
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    Label start = from;
    if (element instanceof ReturnInstruction && start != null) {
      code.aload(lock).monitorexit();
      locked.add(new Range(start, code.newBoundLabel()));
      code.with(element);
      from = null;
      return;
    }
    if (isSynchronized && start == null && element instanceof Instruction) {
      from = code.newBoundLabel();
    }
    code.with(element);
  }

  @Override
  public void atEnd(CodeBuilder code) {
    if (isSynchronized) {
      Label start = from;
      Label handler = code.newBoundLabel();
      code.aload(lock).monitorexit().athrow();
      if (start != null) {
        locked.add(new Range(start, handler));
      }
      locked.forEach(range -> code.exceptionCatchAll(range.from(), range.to(), handler));
      written.add(
          StackMapFrameInfo.of(
              handler,
              frames.alone(),
              List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
    }
    code.with(StackMapTableAttribute.of(written));
  }
}
