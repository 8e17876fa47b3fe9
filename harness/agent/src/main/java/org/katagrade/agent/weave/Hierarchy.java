package org.katagrade.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a class extends and implements, read from its class file so that nothing is loaded early. A
 * class whose file cannot be found extends nothing that is known.
 */
final class Hierarchy {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /**
   * What is known of a class.
   *
   * @param names of the class that it extends and the interfaces
   * @param finals names of its fields that never change
   */
  record Parents(List<String> names, Set<String> finals) {

    static final Parents UNKNOWN = new Parents(List.of(), Set.of());
  }

  private final @Nullable ClassLoader loader;
  private final Map<String, Parents> parents = new ConcurrentHashMap<>();

  Hierarchy(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  /** Tells of a class whose file is at hand. */
  void add(ClassModel model) {
    parents.put(model.thisClass().asInternalName(), parentsOf(model));
  }

  /** Tells of a class by its internal name. */
  void add(String type, Parents known) {
    parents.put(type, known);
  }

  /** Whether the JDK defines it; the names are internal ones, with slashes. */
  static boolean isJdk(String type) {
    return type.startsWith("java/")
        || type.startsWith("javax/")
        || type.startsWith("jdk/")
        || type.startsWith("sun/")
        || type.startsWith("com/sun/");
  }

  /** Whether the first is the second or a subtype of it, which is a class of the JDK. */
  boolean isSubtype(String type, Class<?> jdk) {
    if (type.equals(jdk.getName().replace('.', '/'))) {
      return true;
    }
    if (type.startsWith("[")) {
      return false;
    }
    if (isJdk(type)) {
      Class<?> known = jdkClass(type);
      return known != null && jdk.isAssignableFrom(known);
    }
    for (String parent : parents.computeIfAbsent(type, this::read).names()) {
      if (isSubtype(parent, jdk)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a field, which a class outside the JDK has or inherits, never changes. */
  boolean isFinal(String type, String field) {
    if (isJdk(type) || type.startsWith("[")) {
      return false;
    }
    Parents known = parents.computeIfAbsent(type, this::read);
    return known.finals().contains(field)
        || known.names().stream().anyMatch(parent -> isFinal(parent, field));
  }

  /** The nearest class of the JDK that it extends. */
  static @Nullable Class<?> jdkClass(String type) {
    try {
      return Class.forName(type.replace('/', '.'), false, PLATFORM);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private Parents read(String type) {
    if (loader == null) {
      return Parents.UNKNOWN;
    }
    try (InputStream file = loader.getResourceAsStream(type + ".class")) {
      return file == null ? Parents.UNKNOWN : parentsOf(ClassFile.of().parse(file.readAllBytes()));
    } catch (IOException | IllegalArgumentException e) {
      return Parents.UNKNOWN;
    }
  }

  static Parents parentsOf(ClassModel model) {
    List<String> names = new ArrayList<>();
    model.superclass().map(ClassEntry::asInternalName).ifPresent(names::add);
    model.interfaces().forEach(parent -> names.add(parent.asInternalName()));
    Set<String> finals = new HashSet<>();
    for (FieldModel field : model.fields()) {
      if (field.flags().has(AccessFlag.FINAL)) {
        finals.add(field.fieldName().stringValue());
      }
    }
    return new Parents(List.copyOf(names), finals);
  }
}
