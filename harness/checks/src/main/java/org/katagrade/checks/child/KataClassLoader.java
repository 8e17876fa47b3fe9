package org.katagrade.checks.child;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.wire.Program;

/**
 * Defines the contract and the hidden checks of one kata, and hands the names of the submission's
 * classes down to a loader that sees far less.
 *
 * <p>Hidden checks say {@code new Solution()}, so they must see down; the submission must not see
 * up. The same class serves as the system class loader of a child that runs Lincheck, which needs
 * the checks there. Lincheck knows class loaders by their name: keep "ClassLoader" in it.
 */
public final class KataClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> ours = new HashMap<>();
  private @Nullable SubmissionClassLoader submission;

  /** Called by the JVM where {@code java.system.class.loader} names this class, and by us. */
  public KataClassLoader(ClassLoader parent) {
    super("kata", parent);
  }

  /** Sets what to define; called once, before anything is loaded. */
  void give(Program program) {
    program.contract().forEach(type -> ours.put(type.name(), type.bytes()));
    program.hidden().forEach(type -> ours.put(type.name(), type.bytes()));
    submission =
        new SubmissionClassLoader(this, program.contract(), program.theirs(), program.named());
  }

  /** The submission's own loader; null before anything was given. */
  @Nullable SubmissionClassLoader submission() {
    return submission;
  }

  /** A JVM with an agent demands this of a system class loader; our jar is on the class path. */
  @SuppressWarnings("UnusedMethod") // called by the JVM
  private void appendToClassPathForInstrumentation(String path) {}

  /** Whether a class of the submission has been loaded, so that what happens may be its doing. */
  boolean submissionTouched() {
    return submission != null && submission.touched();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (submission != null && submission.defines(name)) {
      return submission.loadClass(name, resolve);
    }
    byte[] bytes = ours.get(name);
    if (bytes == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** Lincheck reads class files to compute frames. */
  @Override
  public @Nullable InputStream getResourceAsStream(String resource) {
    String name = SubmissionClassLoader.typeOf(resource);
    byte[] bytes = ours.get(name);
    if (bytes == null && submission != null) {
      bytes = submission.bytesOf(name);
    }
    return bytes == null ? super.getResourceAsStream(resource) : new ByteArrayInputStream(bytes);
  }
}
