package org.katagrade.agent.weave;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.race.WovenClass;

/**
 * Weaves, in a JVM of its own with the agent's option {@code ahead}, what later JVMs would have to
 * weave at each start, and writes it into a file of {@link KeptClasses}: classes of the JDK, and
 * those of libraries whose variables nobody watches.
 */
public final class WeaveAhead {

  private static final String SUFFIX = ".class";

  private static @Nullable WeaveAhead started;

  private final Instrumentation instrumentation;
  private final boolean detects;

  /** Class files before the weavers saw them, by internal name. */
  private final Map<String, byte[]> originals = new HashMap<>();

  private final Map<String, KeptClasses.Entry> entries = new TreeMap<>();

  private WeaveAhead(Instrumentation instrumentation, boolean detects) {
    this.instrumentation = instrumentation;
    this.detects = detects;
  }

  /**
   * Begins to note what the weavers are shown; called before they are there.
   *
   * @param detects whether the race detector is woven in
   */
  public static void begin(Instrumentation instrumentation, boolean detects) {
    WeaveAhead ahead = new WeaveAhead(instrumentation, detects);
    started = ahead;
    // Those that can weave again, as the JDK's does, are asked after all the others.
    instrumentation.addTransformer(new Witness(ahead::isShownOthers));
    instrumentation.addTransformer(new Witness(ahead::isShownJdk), true);
  }

  /** Begins to note what the weavers give, if that is to be; called when the last is there. */
  static void follow() {
    WeaveAhead ahead = started;
    if (ahead != null) {
      ahead.instrumentation.addTransformer(new Witness(ahead::becomes), true);
    }
  }

  private static WeaveAhead started() {
    WeaveAhead ahead = started;
    if (ahead == null) {
      throw new IllegalStateException("the agent was started without its option ahead");
    }
    return ahead;
  }

  /**
   * Weaves.
   *
   * @param args the file to write, and the jars whose classes to weave, which are on the class path
   */
  public static void main(String[] args) throws IOException {
    WeaveAhead ahead = started();
    ahead.loadOfJdk();
    for (int i = 1; i < args.length; i++) {
      try (JarFile jar = new JarFile(args[i])) {
        load(jar.stream().map(file -> file.getName()), ClassLoader.getSystemClassLoader());
      }
    }
    String failure = Explorer.unavailable();
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
    Files.write(Path.of(args[0]), KeptClasses.contents(ahead.entries(), ahead.detects));
  }

  private synchronized List<KeptClasses.Entry> entries() {
    return List.copyOf(entries.values());
  }

  private synchronized void isShownOthers(
      @Nullable ClassLoader loader, String name, byte[] original) {
    if (loader != null) {
      originals.put(name, original);
    }
  }

  private synchronized void isShownJdk(@Nullable ClassLoader loader, String name, byte[] original) {
    if (loader == null) {
      originals.put(name, original);
    }
  }

  private synchronized void becomes(@Nullable ClassLoader loader, String name, byte[] bytes) {
    byte[] original = originals.get(name);
    if (original == null) {
      return;
    }
    byte[] woven = original == bytes ? null : bytes;
    if (loader == null && JdkWeaver.isOfInterest(name)) {
      entries.put(name, KeptClasses.Entry.ofJdk(name, woven));
    } else if (loader == ClassLoader.getSystemClassLoader() && woven != null) {
      entries.put(name, entry(loader, name, original, woven));
    }
  }

  private static KeptClasses.Entry entry(
      ClassLoader loader, String name, byte[] original, byte[] woven) {
    ClassModel model = ClassFile.of().parse(original);
    WovenClass detected = WovenClass.of(loader, name.replace('/', '.'));
    return new KeptClasses.Entry(
        name,
        KeptClasses.checksum(original),
        woven,
        detected == null ? -1 : detected.number(),
        detected == null ? List.of() : detected.fields(),
        Hierarchy.parentsOf(model),
        JdkWeaver.ofInterest(StepWeaver.typesIn(model)).toList());
  }

  private void loadOfJdk() throws IOException {
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    try (Stream<Path> files = Files.walk(base)) {
      load(
          files
              .map(file -> base.relativize(file).toString())
              .filter(file -> file.endsWith(SUFFIX) && JdkWeaver.isOfInterest(type(file))),
          null);
    }
  }

  private static String type(String file) {
    return file.substring(0, file.length() - SUFFIX.length());
  }

  private static void load(Stream<String> files, @Nullable ClassLoader loader) {
    for (String file : files.filter(name -> name.endsWith(SUFFIX)).toList()) {
      try {
        Class.forName(type(file).replace('/', '.'), false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // It needs what is not here, and so it is needed by nobody who has only what is here.
      }
    }
  }

  /** Weaves nothing itself. */
  private record Witness(Notice notice) implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      if (name != null) {
        notice.take(loader, name, bytes);
      }
      return null;
    }
  }

  private interface Notice {

    void take(@Nullable ClassLoader loader, String name, byte[] bytes);
  }
}
