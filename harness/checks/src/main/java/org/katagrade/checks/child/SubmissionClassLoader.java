package org.katagrade.checks.child;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.wire.ClassBytes;

/**
 * Defines the submission's classes. Beyond them it resolves the contract, what the submission names
 * and may, and what the JVM needs to link them: most of java.base, and what Lincheck and the agent
 * weave in. Neither the hidden checks nor the harness, nor a class that leads out of the JVM: the
 * grader has refused to run what names one, and here is a second door.
 */
final class SubmissionClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Beginnings of names of java.base that no class is linked to unless it says so. */
  private static final List<String> CLOSED =
      List.of(
          "java.io.File",
          "java.io.ObjectInput",
          "java.io.RandomAccessFile",
          "java.lang.ClassLoader",
          "java.lang.Module",
          "java.lang.Process",
          "java.lang.classfile.",
          "java.lang.foreign.",
          "java.lang.reflect.",
          "java.net.",
          "java.nio.channels.",
          "java.nio.file.",
          "java.util.ServiceLoader",
          "java.util.jar.",
          "jdk.",
          "sun.");

  private final ClassLoader kata;
  private final Set<String> given = new HashSet<>();
  private final Map<String, byte[]> theirs = new HashMap<>();
  private volatile boolean touched;

  SubmissionClassLoader(
      ClassLoader kata, List<ClassBytes> contract, List<ClassBytes> theirs, List<String> named) {
    super("submission", getPlatformClassLoader());
    this.kata = kata;
    contract.forEach(type -> given.add(type.name()));
    given.addAll(named);
    theirs.forEach(type -> this.theirs.put(type.name(), type.bytes()));
  }

  boolean defines(String name) {
    return theirs.containsKey(name);
  }

  boolean touched() {
    return touched;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (given.contains(name)) {
      return kata.loadClass(name);
    }
    byte[] bytes = theirs.get(name);
    if (bytes == null) {
      Class<?> type = super.loadClass(name, resolve);
      if (!isForLinking(type)) {
        throw new ClassNotFoundException(name + " is out of a submission's reach");
      }
      return type;
    }
    touched = true;
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static boolean isForLinking(Class<?> type) {
    Module module = type.getModule();
    // What is woven in is on the boot path and so in no module.
    return !module.isNamed()
        || (module.equals(Object.class.getModule())
            && CLOSED.stream().noneMatch(type.getName()::startsWith));
  }

  byte @Nullable [] bytesOf(String name) {
    return theirs.get(name);
  }

  /** The binary name of the class in a class file's path; empty for any other resource. */
  static String typeOf(String resource) {
    return resource.endsWith(".class")
        ? resource.substring(0, resource.length() - ".class".length()).replace('/', '.')
        : "";
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String resource) {
    byte[] bytes = theirs.get(typeOf(resource));
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    return given.contains(typeOf(resource))
        ? kata.getResourceAsStream(resource)
        : super.getResourceAsStream(resource);
  }
}
