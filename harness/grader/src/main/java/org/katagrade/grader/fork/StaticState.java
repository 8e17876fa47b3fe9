package org.katagrade.grader.fork;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Set;
import org.katagrade.checks.wire.ClassBytes;

/** What classes could keep in static fields for as long as they are loaded. */
final class StaticState {

  /** References that lead to nothing a program could change. */
  private static final Set<String> CONSTANT =
      Set.of(
          "Ljava/lang/String;",
          "Ljava/lang/Class;",
          "Ljava/lang/invoke/VarHandle;",
          "Ljava/lang/invoke/MethodHandle;",
          "Ljava/time/Duration;",
          "Ljava/util/concurrent/atomic/AtomicIntegerFieldUpdater;",
          "Ljava/util/concurrent/atomic/AtomicLongFieldUpdater;",
          "Ljava/util/concurrent/atomic/AtomicReferenceFieldUpdater;");

  private StaticState() {}

  /**
   * Whether the classes have no static field that could be different later. Errs on the side of
   * state: what a field's type may lead to is not followed.
   */
  static boolean noneIn(List<ClassBytes> classes) {
    return classes.stream()
        .map(type -> ClassFile.of().parse(type.bytes()))
        .allMatch(StaticState::hasNone);
  }

  private static boolean hasNone(ClassModel type) {
    boolean plainEnum =
        type.flags().has(AccessFlag.ENUM) && type.fields().stream().allMatch(StaticState::isStatic);
    return type.fields().stream()
        .filter(StaticState::isStatic)
        .allMatch(field -> isConstant(field) || (plainEnum && isOfEnum(field)));
  }

  private static boolean isConstant(FieldModel field) {
    String descriptor = field.fieldType().stringValue();
    return field.flags().has(AccessFlag.FINAL)
        && (descriptor.length() == 1 || CONSTANT.contains(descriptor));
  }

  /** A constant of an enum, or the array that the compiler makes of them all. */
  private static boolean isOfEnum(FieldModel field) {
    return field.flags().has(AccessFlag.ENUM) || field.flags().has(AccessFlag.SYNTHETIC);
  }

  private static boolean isStatic(FieldModel field) {
    return field.flags().has(AccessFlag.STATIC);
  }
}
