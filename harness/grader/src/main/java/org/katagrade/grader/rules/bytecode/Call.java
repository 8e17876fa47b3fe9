package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/**
 * A method as an instruction names it.
 *
 * @param owner binary name of the class that is named, not always the one that declares the method
 * @param name the method's name, {@code <init>} for a constructor
 * @param type parameters and result
 */
public record Call(String owner, String name, MethodTypeDesc type) {

  private static final Set<String> FINAL_OF_OBJECT =
      Set.of(
          "getClass()Ljava/lang/Class;",
          "wait()V",
          "wait(J)V",
          "wait(JI)V",
          "notify()V",
          "notifyAll()V");

  static Call of(InvokeInstruction instruction) {
    return new Call(
        instruction.owner().asInternalName().replace('/', '.'),
        instruction.name().stringValue(),
        instruction.typeSymbol());
  }

  static Call of(DirectMethodHandleDesc handle) {
    return new Call(
        binaryName(handle.owner()),
        handle.methodName(),
        MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()));
  }

  static String binaryName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
        : descriptor;
  }

  public boolean isTo(String someOwner, String someName) {
    return owner.equals(someOwner) && name.equals(someName);
  }

  public boolean isTo(Set<String> owners, Set<String> names) {
    return owners.contains(owner) && names.contains(name);
  }

  /**
   * Whether the call is of a method of Object that nobody can override, which javac ascribes to an
   * interface when it is called on one.
   */
  public boolean isObjects(String someName) {
    return name.equals(someName) && FINAL_OF_OBJECT.contains(name + type.descriptorString());
  }

  public boolean isConstructor() {
    return name.equals("<init>");
  }
}
