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
 * Defines the submission's classes. Beyond them it resolves the JDK and the contract, and what
 * Lincheck weaves into every class; neither the hidden checks nor the harness.
 */
final class SubmissionClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader kata;
  private final Set<String> contract = new HashSet<>();
  private final Map<String, byte[]> theirs = new HashMap<>();
  private volatile boolean touched;

  SubmissionClassLoader(ClassLoader kata, List<ClassBytes> contract, List<ClassBytes> theirs) {
    super("submission", getPlatformClassLoader());
    this.kata = kata;
    contract.forEach(type -> this.contract.add(type.name()));
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
    if (contract.contains(name)) {
      return kata.loadClass(name);
    }
    byte[] bytes = theirs.get(name);
    if (bytes == null) {
      return super.loadClass(name, resolve);
    }
    touched = true;
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
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
    return contract.contains(typeOf(resource))
        ? kata.getResourceAsStream(resource)
        : super.getResourceAsStream(resource);
  }
}
