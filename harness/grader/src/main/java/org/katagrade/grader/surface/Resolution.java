package org.katagrade.grader.surface;

import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    List<Type> classes = classes(type);
    return Stream.concat(classes.stream(), interfaces(classes).stream())
        .filter(each -> declares(each, member))
        .findFirst()
        .map(each -> new Declared(each.origin(), member.in(each.name())));
  }

  private Optional<Declared> field(Type type, Member member) {
    return classes(type).stream()
        .flatMap(each -> Stream.concat(Stream.of(each), interfaces(List.of(each)).stream()))
        .filter(each -> hasField(each, member))
        .findFirst()
        .map(each -> new Declared(each.origin(), member.in(each.name())));
  }

  /** A class and those it extends; one that extends itself, which no JVM loads, ends there. */
  private List<Type> classes(Type type) {
    Map<String, Type> classes = new LinkedHashMap<>();
    Optional<Type> next = Optional.of(type);
    while (next.isPresent() && classes.putIfAbsent(next.get().name(), next.get()) == null) {
      next = next.get().model().superclass().flatMap(entry -> types.find(name(entry)));
    }
    return List.copyOf(classes.values());
  }

  /** The interfaces that these classes implement, and those that they extend, nearest first. */
  private List<Type> interfaces(List<Type> classes) {
    Map<String, Type> interfaces = new LinkedHashMap<>();
    Deque<Type> open = new ArrayDeque<>(classes);
    while (!open.isEmpty()) {
      for (ClassEntry entry : open.remove().model().interfaces()) {
        types
            .find(name(entry))
            .filter(found -> interfaces.putIfAbsent(found.name(), found) == null)
            .ifPresent(open::add);
      }
    }
    return List.copyOf(interfaces.values());
  }

  private static boolean hasField(Type type, Member member) {
    return type.model().fields().stream()
        .anyMatch(
            field ->
                field.fieldName().equalsString(member.name())
                    && field.fieldType().equalsString(member.descriptor()));
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
