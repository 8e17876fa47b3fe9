package org.katagrade.grader.rules;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.rules.bytecode.Code;

/**
 * What the hidden checks and the contract use of {@code Solution}: read off their bytes, so nobody
 * has to write it down.
 *
 * @param constructors descriptors of the constructors they call
 * @param methods methods they call on the class itself rather than through the contract
 * @param types binary names of our types as which they use it
 */
record Demands(Set<String> constructors, Set<Member> methods, Set<String> types) {

  /** A method by name and descriptor. */
  record Member(String name, String descriptor) {}

  Demands {
    constructors = Set.copyOf(constructors);
    methods = Set.copyOf(methods);
    types = Set.copyOf(types);
  }

  static Demands of(ClassDesc solution, List<ClassBytes> ours) {
    Set<String> constructors = new HashSet<>();
    Set<Member> methods = new HashSet<>();
    Set<String> assigned = new TreeSet<>();
    Set<String> known = new HashSet<>();
    for (ClassBytes type : ours) {
      known.add(type.name());
      ClassModel model = ClassFile.of().parse(type.bytes());
      for (PoolEntry entry : model.constantPool()) {
        if (entry instanceof MethodRefEntry method && isOf(solution, method)) {
          String descriptor = method.type().stringValue();
          if (method.name().equalsString("<init>")) {
            constructors.add(descriptor);
          } else {
            methods.add(new Member(method.name().stringValue(), descriptor));
          }
        }
      }
      Code.of(model).forEach(code -> addTypes(solution, code, assigned));
    }
    assigned.retainAll(known);
    return new Demands(constructors, methods, assigned);
  }

  private static boolean isOf(ClassDesc solution, MemberRefEntry member) {
    return member.owner().asSymbol().equals(solution);
  }

  /** Adds the types that are expected where a value of type Solution arrives. */
  private static void addTypes(ClassDesc solution, Code code, Set<String> types) {
    for (int i = 0; i < code.size(); i++) {
      List<ClassDesc> expected = expected(code, code.at(i));
      for (int j = 0; j < expected.size(); j++) {
        boolean arrives = code.operand(i, expected.size() - 1 - j).type().equals(solution);
        if (arrives && expected.get(j).isClassOrInterface()) {
          String descriptor = expected.get(j).descriptorString();
          types.add(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        }
      }
    }
  }

  /** The types of what an instruction takes from the stack, as far as it declares them. */
  private static List<ClassDesc> expected(Code code, Instruction instruction) {
    return switch (instruction) {
      case InvokeInstruction invoke -> {
        List<ClassDesc> types = new ArrayList<>(invoke.typeSymbol().parameterList());
        if (invoke.opcode() != Opcode.INVOKESTATIC) {
          types.addFirst(invoke.owner().asSymbol());
        }
        yield types;
      }
      case InvokeDynamicInstruction invoke -> invoke.typeSymbol().parameterList();
      case FieldInstruction field ->
          field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC
              ? List.of(field.typeSymbol())
              : List.of();
      case ReturnInstruction returned -> {
        MethodTypeDesc type = code.asCall().type();
        yield returned.opcode() == Opcode.ARETURN ? List.of(type.returnType()) : List.of();
      }
      default -> List.of();
    };
  }
}
