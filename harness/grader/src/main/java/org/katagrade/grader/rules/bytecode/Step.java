package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** What one instruction does to the operand stack and the local variables. */
final class Step {

  private final int index;
  private final Operands.State state;

  private Step(int index, Operands.State state) {
    this.index = index;
    this.state = state;
  }

  static void run(int index, Instruction instruction, Operands.State state) {
    new Step(index, state).run(instruction);
  }

  private void run(Instruction instruction) {
    switch (instruction) {
      case ArrayLoadInstruction load -> {
        state.pop();
        ClassDesc array = state.pop().type();
        push(array.isArray() ? array.componentType() : load.typeKind().upperBound());
      }
      case ArrayStoreInstruction _ -> state.pop(3);
      case BranchInstruction branch -> state.pop(operands(branch.opcode()));
      case ConstantInstruction constant -> push(typeOf(constant));
      case ConvertInstruction convert -> replace(1, convert.toType().upperBound());
      case FieldInstruction field -> access(field);
      case InvokeInstruction invoke -> {
        boolean onObject = invoke.opcode() != Opcode.INVOKESTATIC;
        call(invoke.typeSymbol(), onObject ? 1 : 0);
      }
      case InvokeDynamicInstruction invoke -> call(invoke.typeSymbol(), 0);
      case LoadInstruction load -> state.push(state.local(load.slot()));
      case StoreInstruction store -> state.store(store.slot(), state.pop());
      case LookupSwitchInstruction _,
          TableSwitchInstruction _,
          MonitorInstruction _,
          ThrowInstruction _ ->
          state.pop();
      case NewMultiArrayInstruction array ->
          replace(array.dimensions(), array.arrayType().asSymbol());
      case NewObjectInstruction created -> push(created.className().asSymbol());
      case NewPrimitiveArrayInstruction array ->
          replace(1, array.typeKind().upperBound().arrayType());
      case NewReferenceArrayInstruction array ->
          replace(1, array.componentType().asSymbol().arrayType());
      case OperatorInstruction operator -> operate(operator.opcode(), operator.typeKind());
      case ReturnInstruction returned -> state.pop(returned.typeKind() == TypeKind.VOID ? 0 : 1);
      case StackInstruction shuffle -> shuffle(shuffle.opcode());
      case TypeCheckInstruction check ->
          replace(
              1,
              check.opcode() == Opcode.CHECKCAST ? check.type().asSymbol() : ConstantDescs.CD_int);
      default -> {} // increments and the like leave types as they are
    }
  }

  private void push(ClassDesc type) {
    state.push(new Value(type, index));
  }

  private void replace(int popped, ClassDesc type) {
    state.pop(popped);
    push(type);
  }

  private static int operands(Opcode branch) {
    return switch (branch) {
      case GOTO, GOTO_W -> 0;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE ->
          2;
      default -> 1;
    };
  }

  private static ClassDesc typeOf(ConstantInstruction constant) {
    if (constant.typeKind() != TypeKind.REFERENCE) {
      return constant.typeKind().upperBound();
    }
    ConstantDesc value = constant.constantValue();
    return switch (value) {
      case String _ -> ConstantDescs.CD_String;
      case ClassDesc _ -> ConstantDescs.CD_Class;
      default -> ConstantDescs.CD_Object;
    };
  }

  private void access(FieldInstruction field) {
    switch (field.opcode()) {
      case GETSTATIC -> push(field.typeSymbol());
      case GETFIELD -> replace(1, field.typeSymbol());
      case PUTSTATIC -> state.pop();
      default -> state.pop(2);
    }
  }

  private void call(MethodTypeDesc type, int receivers) {
    state.pop(type.parameterCount() + receivers);
    if (!type.returnType().equals(ConstantDescs.CD_void)) {
      push(type.returnType());
    }
  }

  private void operate(Opcode operator, TypeKind kind) {
    switch (operator) {
      case INEG, LNEG, FNEG, DNEG -> replace(1, kind.upperBound());
      case ARRAYLENGTH, LCMP, FCMPL, FCMPG, DCMPL, DCMPG ->
          replace(operator == Opcode.ARRAYLENGTH ? 1 : 2, ConstantDescs.CD_int);
      default -> replace(2, kind.upperBound());
    }
  }

  private void shuffle(Opcode shuffle) {
    switch (shuffle) {
      case POP -> state.pop();
      case POP2 -> take(2);
      case DUP -> duplicate(1, 0);
      case DUP_X1 -> duplicate(1, 1);
      case DUP_X2 -> duplicate(1, 2);
      case DUP2 -> duplicate(2, 0);
      case DUP2_X1 -> duplicate(2, 1);
      case DUP2_X2 -> duplicate(2, 2);
      case SWAP -> {
        Value top = state.pop();
        Value below = state.pop();
        state.push(top);
        state.push(below);
      }
      default -> throw new IllegalArgumentException("not a stack instruction: " + shuffle);
    }
  }

  /** Copies the topmost slots to below as many others; long and double fill two. */
  private void duplicate(int slots, int below) {
    List<Value> top = take(slots);
    List<Value> skipped = take(below);
    top.forEach(state::push);
    skipped.forEach(state::push);
    top.forEach(state::push);
  }

  private List<Value> take(int slots) {
    List<Value> taken = new ArrayList<>();
    for (int left = slots; left > 0; ) {
      Value value = state.pop();
      taken.addFirst(value);
      left -= value.isWide() ? 2 : 1;
    }
    return taken;
  }
}
