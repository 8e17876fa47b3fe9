package org.katagrade.grader.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a type of a submission inherits from others of the submission and from ours.
 *
 * <p>What comes from the JDK is not followed: a method that may be inherited from there is taken to
 * be.
 */
final class Family {

  private final Map<String, ClassModel> theirs;
  private final Map<String, ClassModel> ours;

  Family(Map<String, ClassModel> theirs, Map<String, ClassModel> ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  /** Whether this type extends or implements one of ours, however far up. */
  boolean isA(ClassModel type, String name) {
    return ancestors(type).names().contains(name);
  }

  /** Whether a public method of this kind is here or further up. */
  boolean hasMethod(ClassModel type, Demands.Member wanted) {
    Ancestors ancestors = ancestors(type);
    return ancestors.unknown()
        || ancestors.types().stream().anyMatch(each -> declares(each, wanted))
        || isOfObject(wanted);
  }

  private static boolean declares(ClassModel type, Demands.Member wanted) {
    return type.methods().stream()
        .anyMatch(
            method ->
                method.methodName().equalsString(wanted.name())
                    && method.methodType().equalsString(wanted.descriptor())
                    && method.flags().has(AccessFlag.PUBLIC));
  }

  private static boolean isOfObject(Demands.Member wanted) {
    return Set.of("hashCode", "equals", "toString", "getClass", "wait", "notify", "notifyAll")
        .contains(wanted.name());
  }

  /**
   * A type and all above it that are known.
   *
   * @param unknown whether something above it is the JDK's, other than Object
   */
  private record Ancestors(List<ClassModel> types, Set<String> names, boolean unknown) {}

  private Ancestors ancestors(ClassModel type) {
    List<ClassModel> types = new ArrayList<>(List.of(type));
    Set<String> names = new HashSet<>();
    boolean unknown = false;
    for (int i = 0; i < types.size(); i++) {
      for (String name : parents(types.get(i))) {
        if (!names.add(name)) {
          continue;
        }
        ClassModel parent = find(name);
        if (parent != null) {
          types.add(parent);
        } else {
          unknown |= !name.startsWith("java.lang.");
        }
      }
    }
    return new Ancestors(types, names, unknown);
  }

  private static List<String> parents(ClassModel type) {
    List<ClassEntry> parents = new ArrayList<>(type.interfaces());
    type.superclass().ifPresent(parents::add);
    return parents.stream().map(entry -> entry.asInternalName().replace('/', '.')).toList();
  }

  private @Nullable ClassModel find(String name) {
    ClassModel own = theirs.get(name);
    return own != null ? own : ours.get(name);
  }
}
