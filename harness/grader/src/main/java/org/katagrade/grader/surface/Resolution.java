package org.katagrade.grader.surface;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.Optional;
import java.util.Set;
import org.katagrade.grader.surface.Types.Origin;
import org.katagrade.grader.surface.Types.Type;

/**
 * Finds the class that declares a member which a program names by way of a subclass, as the JVM
 * does (JVMS 5.4.3.2 to 5.4.3.4).
 */
final class Resolution {

  private static final String OBJECT = "java.lang.Object";

  /** Classes with methods that take whatever they are given (JVMS 2.9.3). */
  private static final Set<String> POLYMORPHIC =
      Set.of("java.lang.invoke.VarHandle", "java.lang.invoke.MethodHandle");

  private final Types types;

  Resolution(Types types) {
    this.types = types;
  }

  /** A member as its class declares it, and whose class that is. */
  record Declared(Origin origin, Member member) {}

  /** Where a member is declared; nothing if there is no such member. */
  Optional<Declared> declared(Member member) {
    String owner = member.owner().startsWith("[") ? OBJECT : member.owner();
    Optional<Type> type = types.find(owner);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Declared> found =
        member.isMethod() ? method(type.get(), member) : field(type.get(), member);
    // An interface has Object's methods without extending it.
    return found.isPresent() || owner.equals(OBJECT)
        ? found
        : types.find(OBJECT).flatMap(object -> method(object, member));
  }

  private Optional<Declared> method(Type type, Member member) {
    Optional<Declared> inClasses = inClasses(type, member);
    return inClasses.isPresent() ? inClasses : inInterfaces(type, member);
  }

  private Optional<Declared> inClasses(Type type, Member member) {
    if (declares(type, member)) {
      return Optional.of(new Declared(type.origin(), member.in(type.name())));
    }
    return above(type).flatMap(parent -> inClasses(parent, member));
  }

  private Optional<Declared> inInterfaces(Type type, Member member) {
    for (ClassEntry entry : type.model().interfaces()) {
      Optional<Declared> found =
          types.find(name(entry)).flatMap(parent -> withInterfaces(parent, member));
      if (found.isPresent()) {
        return found;
      }
    }
    return above(type).flatMap(parent -> inInterfaces(parent, member));
  }

  private Optional<Declared> withInterfaces(Type type, Member member) {
    return declares(type, member)
        ? Optional.of(new Declared(type.origin(), member.in(type.name())))
        : inInterfaces(type, member);
  }

  private Optional<Declared> field(Type type, Member member) {
    boolean here =
        type.model().fields().stream()
            .anyMatch(
                field ->
                    field.fieldName().equalsString(member.name())
                        && field.fieldType().equalsString(member.descriptor()));
    if (here) {
      return Optional.of(new Declared(type.origin(), member.in(type.name())));
    }
    for (ClassEntry entry : type.model().interfaces()) {
      Optional<Declared> found = types.find(name(entry)).flatMap(parent -> field(parent, member));
      if (found.isPresent()) {
        return found;
      }
    }
    return above(type).flatMap(parent -> field(parent, member));
  }

  private Optional<Type> above(Type type) {
    ClassModel model = type.model();
    return model.superclass().flatMap(entry -> types.find(name(entry)));
  }

  private static boolean declares(Type type, Member member) {
    return type.model().methods().stream()
        .anyMatch(
            method ->
                method.methodName().equalsString(member.name())
                    && (method.methodType().equalsString(member.descriptor())
                        || takesAnything(type, method)));
  }

  private static boolean takesAnything(Type type, MethodModel method) {
    return POLYMORPHIC.contains(type.name())
        && method.flags().has(AccessFlag.NATIVE)
        && method.flags().has(AccessFlag.VARARGS);
  }

  private static String name(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }
}
