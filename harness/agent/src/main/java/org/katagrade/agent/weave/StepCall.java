package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.katagrade.agent.explore.MethodName;

/** Weaves one call. */
final class StepCall {

  private static final ClassDesc STEPS = ClassDesc.of("org.katagrade.agent.explore.Steps");
  private static final ClassDesc LOCKS = ClassDesc.of("org.katagrade.agent.explore.LockCalls");
  private static final MethodTypeDesc CALL = MethodTypeDesc.of(CD_void, CD_Object, CD_int);

  private static final ClassDesc JDK = ClassDesc.of("org.katagrade.agent.explore.JdkHooks");
  private static final MethodTypeDesc LEAVES = MethodTypeDesc.of(CD_void, ConstantDescs.CD_String);

  private final StepCalls calls;
  private final CodeBuilder code;
  private final InvokeInstruction call;
  private final String owner;
  private final String name;

  /** Whether what is called is a method of an object. */
  private final boolean onObject;

  private int[] slots = new int[0];
  private int receiver = -1;

  private final CallLocks locks;

  StepCall(StepCalls calls, CallLocks locks, CodeBuilder code, InvokeInstruction call) {
    this.calls = calls;
    this.locks = locks;
    this.code = code;
    this.call = call;
    owner = StepCalls.ownerOf(call);
    name = call.name().stringValue();
    onObject = call.opcode() != Opcode.INVOKESTATIC || !owner.equals(call.owner().asInternalName());
  }

  void weave() {
    StepCalls.Hook hook = calls.insteadOf(call);
    if (hook != null) {
      MethodTypeDesc type = call.typeSymbol();
      code.invokestatic(
          hook.owner(),
          hook.name(),
          call.opcode() == Opcode.INVOKESTATIC ? type : type.insertParameterTypes(0, receiver()));
      return;
    }
    if (StepCalls.leavesTheJvm(owner, name)) {
      code.loadConstant(owner.substring(owner.lastIndexOf('/') + 1) + "." + name);
      code.invokestatic(JDK, "leavesTheJvm", LEAVES);
      code.with(call);
      return;
    }
    StepCalls.LockCall lock = calls.lockOf(owner, name);
    boolean step = calls.isStep(owner, name);
    boolean mayLock = onObject && StepCalls.mayLock(owner, name);
    if (lock == StepCalls.LockCall.NONE && !step && !mayLock) {
      code.with(call);
      return;
    }
    spill();
    if (step) {
      loadReceiver();
      code.loadConstant(MethodName.register(owner.replace('/', '.'), name));
      code.invokestatic(STEPS, "call", CALL);
    }
    if (mayLock) {
      locks.around(code, receiver, this::perform);
    } else {
      perform();
    }
    switch (lock) {
      case NONE -> {}
      case TAKES -> took();
      case GIVES -> {
        loadReceiver();
        code.invokestatic(LOCKS, "gave", MethodTypeDesc.of(CD_void, CD_Object));
      }
    }
  }

  private ClassDesc receiver() {
    return name.equals("threadId") || name.equals("getId")
        ? MethodWeaver.describe(Thread.class)
        : call.owner().asInternalName().equals("java/lang/Runtime")
            ? MethodWeaver.describe(Runtime.class)
            : CD_Object;
  }

  /** The lock is taken unless the call returned false or 0. */
  private void took() {
    ClassDesc returned = call.typeSymbol().returnType();
    if (returned.equals(CD_long)) {
      code.dup2();
      loadReceiver();
      code.invokestatic(LOCKS, "took", MethodTypeDesc.of(CD_void, CD_long, CD_Object));
    } else {
      if (returned.equals(CD_boolean)) {
        code.dup();
      } else {
        code.iconst_1();
      }
      loadReceiver();
      code.invokestatic(LOCKS, "took", MethodTypeDesc.of(CD_void, CD_boolean, CD_Object));
    }
  }

  private void spill() {
    MethodTypeDesc type = call.typeSymbol();
    slots = new int[type.parameterCount()];
    for (int i = slots.length - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(type.parameterType(i));
      slots[i] = code.allocateLocal(kind);
      code.storeLocal(kind, slots[i]);
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      receiver = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(receiver);
    } else if (onObject) {
      receiver = slots[0];
    }
  }

  /** What the call has to do with; of a handle of a field that is the object with the field. */
  private void loadReceiver() {
    MethodTypeDesc type = call.typeSymbol();
    int first = call.opcode() == Opcode.INVOKESTATIC ? 1 : 0;
    boolean handle = owner.equals("java/lang/invoke/VarHandle") || owner.endsWith("FieldUpdater");
    if (handle && slots.length > first && !type.parameterType(first).isPrimitive()) {
      code.aload(slots[first]);
    } else if (receiver >= 0) {
      code.aload(receiver);
    } else {
      code.aconst_null();
    }
  }

  private void perform() {
    reload();
    code.with(call);
  }

  private void reload() {
    if (receiver >= 0 && call.opcode() != Opcode.INVOKESTATIC) {
      code.aload(receiver);
    }
    MethodTypeDesc type = call.typeSymbol();
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(TypeKind.from(type.parameterType(i)), slots[i]);
    }
  }
}
