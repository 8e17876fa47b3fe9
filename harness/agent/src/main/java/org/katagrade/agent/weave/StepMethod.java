package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.FieldName;
import org.katagrade.agent.race.WovenClass;

/** Weaves steps into one method. What is added contains no jump. */
final class StepMethod {

  private static final ClassDesc STEPS = ClassDesc.of("org.katagrade.agent.explore.Steps");
  private static final ClassDesc MONITORS = ClassDesc.of("org.katagrade.agent.explore.Monitors");
  private static final MethodTypeDesc ON_OBJECT = MethodTypeDesc.of(CD_void, CD_Object);
  private static final MethodTypeDesc ON_INT = MethodTypeDesc.of(CD_void, CD_int);
  private static final MethodTypeDesc ON_BOTH = MethodTypeDesc.of(CD_void, CD_Object, CD_int);

  /** Longer methods get no steps at variables, so that they stay below 64 KB. */
  private static final int LONGEST = 12_000;

  private final ClassModel type;
  private final StepCalls calls;
  private final MethodModel method;
  private final SelfCovering selfCovering;
  private final boolean watches;
  private final boolean shadows;
  private final boolean isStatic;
  private final boolean isSynchronized;

  /** Whether nobody else can see the object's fields, or the class's, as long as it runs. */
  private final boolean isAlone;

  private final boolean isClassInitialiser;
  private final int lock;

  /** The first line of it, where the monitor of a synchronized method is taken. */
  private final OptionalInt line;

  private final List<StackMapFrameInfo> written = new ArrayList<>();
  private final Frames frames;

  /**
   * The weaving of a method.
   *
   * @param watches whether its variables are of interest
   * @param shadows whether its monitors stay with the JVM as well: threads that are not explored
   *     run it too
   */
  StepMethod(
      ClassModel type,
      StepCalls calls,
      MethodModel method,
      CodeAttribute original,
      boolean watches,
      boolean shadows) {
    this.type = type;
    this.calls = calls;
    this.method = method;
    this.watches = watches && original.codeLength() <= LONGEST;
    this.shadows = shadows;
    selfCovering = new SelfCovering(original);
    isStatic = method.flags().has(AccessFlag.STATIC);
    isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
    isClassInitialiser = method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
    isAlone =
        isClassInitialiser
            || method.methodName().equalsString(ConstantDescs.INIT_NAME)
                && !Escape.mayHappen(type, original);
    lock = original.maxLocals();
    line =
        original
            .elementStream()
            .filter(LineNumber.class::isInstance)
            .mapToInt(element -> ((LineNumber) element).line())
            .findFirst();
    boolean surrounds = isSynchronized || isClassInitialiser;
    frames =
        new Frames(lock, surrounds ? List.of(ObjectVerificationTypeInfo.of(CD_Object)) : List.of());
    original
        .findAttribute(Attributes.stackMapTable())
        .ifPresent(
            table ->
                table
                    .entries()
                    .forEach(frame -> written.add(surrounds ? frames.extend(frame) : frame)));
  }

  CodeTransform transform() {
    return new Code();
  }

  private final class Code implements CodeTransform {

    private @Nullable Label start;
    private final CallLocks locks = new CallLocks();
    private boolean left;

    @Override
    public void atStart(CodeBuilder code) {
      if (isSynchronized || isClassInitialiser) {
        code.allocateLocal(TypeKind.REFERENCE);
        line.ifPresent(code::lineNumber);
        if (isStatic) {
          code.loadConstant(type.thisClass().asSymbol());
        } else {
          code.aload(0);
        }
        code.dup().astore(lock);
        code.invokestatic(MONITORS, isClassInitialiser ? "mask" : "enter", ON_OBJECT);
        start = code.newBoundLabel();
      }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (left && element instanceof Instruction) {
        left = false;
        code.invokestatic(MONITORS, "left", ConstantDescs.MTD_void);
      }
      switch (element) {
        case ExceptionCatch handler -> {
          if (shadows || !selfCovering.isIdle(handler)) {
            locks.add(handler);
          }
        }
        case LabelTarget target -> {
          code.with(element);
          locks.at(target.label());
        }
        case FieldInstruction access when isOfInterest(access) -> {
          field(code, access);
          code.with(element);
        }
        case ArrayLoadInstruction load when watches -> {
          code.dup2().invokestatic(STEPS, "readElement", ON_BOTH);
          code.with(element);
        }
        case ArrayStoreInstruction store when watches -> {
          int value = code.allocateLocal(store.typeKind());
          code.storeLocal(store.typeKind(), value).dup2();
          code.invokestatic(STEPS, "writeElement", ON_BOTH).loadLocal(store.typeKind(), value);
          code.with(element);
        }
        case MonitorInstruction monitor -> monitor(code, monitor);
        case ReturnInstruction end when start != null -> {
          leave(code);
          code.with(element);
        }
        case InvokeInstruction call -> new StepCall(calls, locks, code, call).weave();
        default -> code.with(element);
      }
    }

    private void monitor(CodeBuilder code, MonitorInstruction monitor) {
      boolean enters = monitor.opcode() == Opcode.MONITORENTER;
      if (!shadows) {
        code.invokestatic(MONITORS, enters ? "enter" : "exit", ON_OBJECT);
      } else if (enters) {
        code.dup().invokestatic(MONITORS, "shadow", ON_OBJECT);
        code.with(monitor);
      } else {
        code.with(monitor);
        // Behind what the handler that unlocks the monitor covers.
        left = true;
      }
    }

    @Override
    public void atEnd(CodeBuilder code) {
      locks.write(code, written, start == null ? List.of() : frames.alone());
      Label from = start;
      if (from != null) {
        Label handler = code.newBoundLabel();
        code.exceptionCatchAll(from, handler, handler);
        leave(code);
        code.athrow();
        written.add(
            StackMapFrameInfo.of(
                handler,
                frames.alone(),
                List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
      }
      if (!written.isEmpty()) {
        code.with(StackMapTableAttribute.of(written));
      }
    }
  }

  private void leave(CodeBuilder code) {
    code.aload(lock);
    code.invokestatic(MONITORS, isClassInitialiser ? "unmask" : "exit", ON_OBJECT);
  }

  private boolean isOfInterest(FieldInstruction access) {
    String owner = access.owner().asInternalName();
    return watches
        && !Hierarchy.isJdk(owner)
        && !owner.startsWith("[")
        && !(isAlone && owner.equals(type.thisClass().asInternalName()))
        && !access.name().equalsString(WovenClass.SHADOW)
        && !owner.startsWith("org/katagrade/agent/")
        && !calls.hierarchy().isFinal(owner, access.name().stringValue());
  }

  private static void field(CodeBuilder code, FieldInstruction access) {
    int field =
        FieldName.register(
            access.owner().asInternalName().replace('/', '.'), access.name().stringValue());
    switch (access.opcode()) {
      case GETFIELD -> code.dup().loadConstant(field).invokestatic(STEPS, "read", ON_BOTH);
      case PUTFIELD -> {
        if (TypeKind.from(access.typeSymbol()).slotSize() == 2) {
          code.dup2_x1().pop2().dup_x2();
        } else {
          code.dup2().pop();
        }
        code.loadConstant(field).invokestatic(STEPS, "write", ON_BOTH);
      }
      case GETSTATIC -> code.loadConstant(field).invokestatic(STEPS, "readStatic", ON_INT);
      default -> code.loadConstant(field).invokestatic(STEPS, "writeStatic", ON_INT);
    }
  }
}
