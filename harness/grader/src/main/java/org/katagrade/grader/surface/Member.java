package org.katagrade.grader.surface;

import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/**
 * A field, a method or a constructor, as class files name it.
 *
 * @param owner binary name of the class, or a descriptor if it is an array
 * @param name its name, {@code <init>} if it is a constructor
 * @param descriptor its type
 */
record Member(String owner, String name, String descriptor) {

  private static final String CONSTRUCTOR = "<init>";

  static Member of(MemberRefEntry entry) {
    return new Member(
        entry.owner().asInternalName().replace('/', '.'),
        entry.name().stringValue(),
        entry.type().stringValue());
  }

  Member in(String otherOwner) {
    return new Member(otherOwner, name, descriptor);
  }

  boolean isMethod() {
    return descriptor.startsWith("(");
  }

  /** Its name as the lists have it. */
  String listed() {
    return name.equals(CONSTRUCTOR) ? "new" : name;
  }

  /** The same with its parameters: {@code wait(long)}. */
  String listedExactly() {
    return isMethod() ? listed() + parameters() : listed();
  }

  /** As a programmer writes it: {@code java.lang.System.getenv(String)}. */
  String written() {
    String type = owner.replace('$', '.');
    return name.equals(CONSTRUCTOR)
        ? "new " + type + parameters()
        : type + "." + name + (isMethod() ? parameters() : "");
  }

  private String parameters() {
    return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
        .map(Member::simple)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(ClassDesc type) {
    String name = type.displayName();
    return name.substring(name.lastIndexOf('$') + 1);
  }
}
