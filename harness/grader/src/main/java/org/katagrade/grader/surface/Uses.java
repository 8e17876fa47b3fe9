package org.katagrade.grader.surface;

import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that one class file names, with the line where it is named.
 *
 * <p>Instructions come first, since they have lines. Then the constant pool is gone through, so
 * that nothing is missed that an instruction or attribute unknown here refers to.
 */
final class Uses {

  private static final int NOWHERE = -1;

  private final List<Use> uses = new ArrayList<>();
  private final Set<PoolEntry> seen = new HashSet<>();
  private int line = NOWHERE;

  private Uses() {}

  /**
   * Reads a class file.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static List<Use> of(ClassModel type) {
    Uses uses = new Uses();
    uses.read(type);
    return List.copyOf(uses.uses);
  }

  /** The binary names of all classes that a class file names, also in the signatures of others. */
  static Set<String> names(ClassModel type) {
    Uses uses = new Uses();
    type.fields().forEach(field -> uses.descriptor(field.fieldType().stringValue()));
    type.methods().forEach(method -> uses.descriptor(method.methodType().stringValue()));
    for (PoolEntry entry : type.constantPool()) {
      switch (entry) {
        case ClassEntry named -> uses.type(named);
        case NameAndTypeEntry named -> uses.descriptor(named.type().stringValue());
        case MethodTypeEntry named -> uses.descriptor(named.descriptor().stringValue());
        default -> {} // named by one of these
      }
    }
    return uses.uses.stream()
        .filter(Use.OfType.class::isInstance)
        .map(use -> ((Use.OfType) use).name())
        .collect(Collectors.toSet());
  }

  private void read(ClassModel type) {
    type.superclass().ifPresent(this::type);
    type.interfaces().forEach(this::type);
    seen.add(type.thisClass());
    for (FieldModel field : type.fields()) {
      descriptor(field.fieldType().stringValue());
    }
    for (MethodModel method : type.methods()) {
      method(type, method);
    }
    line = NOWHERE;
    for (PoolEntry entry : type.constantPool()) {
      if (seen.contains(entry)) {
        continue;
      }
      switch (entry) {
        case ClassEntry named -> type(named);
        case MemberRefEntry named -> member(named);
        case LoadableConstantEntry constant -> constant(constant);
        case DynamicConstantPoolEntry linked -> linked(linked);
        default -> {} // a name, a type, or one that these refer to
      }
    }
  }

  private void method(ClassModel type, MethodModel method) {
    line = method.code().map(Uses::firstLine).orElse(NOWHERE);
    String name = method.methodName().stringValue();
    String descriptor = method.methodType().stringValue();
    descriptor(descriptor);
    if (method.flags().has(AccessFlag.NATIVE)) {
      uses.add(new Use.OfNativeCode(name, line));
    }
    if (name.equals("finalize") && descriptor.equals("()V")) {
      uses.add(new Use.AsFinalizer(type.thisClass().asInternalName().replace('/', '.'), line));
    }
    method.code().ifPresent(code -> code.forEach(this::element));
  }

  private static int firstLine(CodeModel code) {
    return code.elementStream()
        .filter(LineNumber.class::isInstance)
        .mapToInt(element -> ((LineNumber) element).line())
        .findFirst()
        .orElse(NOWHERE);
  }

  private void element(CodeElement element) {
    switch (element) {
      case LineNumber number -> line = number.line();
      case InvokeInstruction call -> member(call.method());
      case FieldInstruction access -> member(access.field());
      case InvokeDynamicInstruction call -> linked(call.invokedynamic());
      case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry());
      case NewObjectInstruction made -> type(made.className());
      case NewReferenceArrayInstruction made -> type(made.componentType());
      case NewMultiArrayInstruction made -> type(made.arrayType());
      case TypeCheckInstruction check -> type(check.type());
      case ExceptionCatch handler -> handler.catchType().ifPresent(this::type);
      default -> {} // names nothing
    }
  }

  private void member(MemberRefEntry entry) {
    seen.add(entry);
    seen.add(entry.owner());
    uses.add(new Use.OfMember(Member.of(entry), line));
  }

  private void type(ClassEntry entry) {
    seen.add(entry);
    signature(entry.asSymbol());
  }

  private void constant(LoadableConstantEntry entry) {
    switch (entry) {
      case ClassEntry named -> type(named);
      case MethodHandleEntry handle -> {
        seen.add(handle);
        member(handle.reference());
      }
      case MethodTypeEntry named -> descriptor(named.descriptor().stringValue());
      case ConstantDynamicEntry linked -> linked(linked);
      default -> {} // a number or a text
    }
  }

  private void linked(DynamicConstantPoolEntry entry) {
    if (!seen.add(entry)) {
      return;
    }
    descriptor(entry.type().stringValue());
    BootstrapMethodEntry bootstrap = entry.bootstrap();
    seen.add(bootstrap.bootstrapMethod());
    MemberRefEntry method = bootstrap.bootstrapMethod().reference();
    seen.add(method);
    seen.add(method.owner());
    uses.add(new Use.AsBootstrap(Member.of(method), line));
    bootstrap.arguments().forEach(this::constant);
  }

  private void descriptor(String descriptor) {
    if (descriptor.startsWith("(")) {
      signature(MethodTypeDesc.ofDescriptor(descriptor));
    } else {
      signature(ClassDesc.ofDescriptor(descriptor));
    }
  }

  private void signature(MethodTypeDesc signature) {
    signature(signature.returnType());
    signature.parameterList().forEach(this::signature);
  }

  private void signature(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isClassOrInterface()) {
      String descriptor = element.descriptorString();
      String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
      uses.add(new Use.OfType(name, line));
    }
  }
}
