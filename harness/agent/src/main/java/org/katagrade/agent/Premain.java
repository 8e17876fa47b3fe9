package org.katagrade.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM starts the agent. The agent's jar belongs on the boot path, so that every class
 * finds the detector whatever its loader. The JVM has put it there if the jar still has the name
 * that its manifest says; if not it is added here, and this class is the only one that is loaded
 * twice.
 */
public final class Premain {

  private Premain() {}

  /** Called by the JVM before the program's main method. */
  public static void premain(@Nullable String options, Instrumentation instrumentation)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    if (Premain.class.getClassLoader() != null) {
      addToBootPath(instrumentation);
    }
    Class<?> detector = Class.forName("org.katagrade.agent.Detector", false, null);
    Module ours = detector.getModule();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(
            "jdk.internal.misc", Set.of(ours),
            "jdk.internal.access", Set.of(ours),
            "jdk.internal.vm", Set.of(ours),
            "jdk.internal.vm.annotation", Set.of(ours)),
        Map.of("java.lang", Set.of(ours), "java.util.concurrent", Set.of(ours)),
        Set.of(),
        Map.of());
    detector
        .getMethod("start", String.class, Instrumentation.class)
        .invoke(null, options, instrumentation);
  }

  private static void addToBootPath(Instrumentation instrumentation)
      throws IOException, URISyntaxException {
    File jar = new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!jar.isFile()) {
      throw new IOException("the agent must be started from its jar, and not from " + jar);
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
  }
}
