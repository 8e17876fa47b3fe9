package org.katagrade.agent;

import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import jdk.internal.access.SharedSecrets;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Noise;
import org.katagrade.agent.race.Races;
import org.katagrade.agent.weave.JdkWeaver;
import org.katagrade.agent.weave.KeptClasses;
import org.katagrade.agent.weave.Provoker;
import org.katagrade.agent.weave.StepWeaver;
import org.katagrade.agent.weave.WeaveAhead;
import org.katagrade.agent.weave.Weaver;

/** The race detector of this JVM. */
public final class Detector {

  /** After the program's own shutdown hooks, which may find races too. */
  private static final int LAST_HOOK = 9;

  private static final int USAGE = 2;

  private Detector() {}

  /** Starts it; called once, before the program's classes are loaded. */
  public static void start(@Nullable String text, Instrumentation instrumentation)
      throws ClassNotFoundException {
    Options options;
    PrintStream out;
    try {
      options = Options.parse(text);
      out = report(options);
    } catch (IllegalArgumentException | FileNotFoundException e) {
      System.err.println("race detector: " + e.getMessage());
      Runtime.getRuntime().halt(USAGE);
      return;
    }
    Faults.listen(line -> out.println("race detector: no more races are told of: " + line));
    if (options.fault() != null) {
      Provoker.start(instrumentation, options.fault());
    }
    Races.listen(race -> out.println(RaceText.of(race)));
    Noise.make(options.seed(), options.noise());
    Consumer<String> log =
        line -> {
          if (options.verbose()) {
            out.println("race detector: " + line);
          }
        };
    boolean detects = !options.unwatched();
    KeptClasses kept = options.explore() ? KeptClasses.begin(detects) : KeptClasses.none();
    if (kept.count() > 0) {
      log.accept(kept.count() + " classes are as an earlier JVM has woven them");
    }
    if (options.ahead()) {
      WeaveAhead.begin(instrumentation, detects);
    }
    JdkWeaver jdk = options.explore() ? explore(instrumentation, kept, log) : null;
    Weaver weaver = options.unwatched() ? null : new Weaver(options::weaves, options::watches, log);
    if (jdk != null) {
      instrumentation.addTransformer(
          new StepWeaver(jdk, weaver, options::weaves, options::watches, kept, log));
    } else if (weaver != null) {
      instrumentation.addTransformer(weaver);
    }
    if (weaver != null && options.verbose()) {
      weaver.tellOfThoseLoaded(instrumentation.getAllLoadedClasses());
    }
    SharedSecrets.getJavaLangAccess()
        .registerShutdownHook(LAST_HOOK, true, () -> end(options, out));
  }

  /** Weaves the explorer into the JDK, before anything else loads what has to be woven first. */
  private static JdkWeaver explore(
      Instrumentation instrumentation, KeptClasses kept, Consumer<String> log) {
    JdkWeaver jdk = new JdkWeaver(instrumentation, kept, log);
    try {
      // What is woven into the JDK needs it from then on.
      Explorer.prepare();
      jdk.begin();
      Explorer.begin(jdk::catchUp);
    } catch (ClassNotFoundException | LinkageError e) {
      Explorer.fail("this JDK is not known to the explorer: " + e);
    }
    return jdk;
  }

  private static PrintStream report(Options options) throws FileNotFoundException {
    if (options.report() == null) {
      // Not System.err: a virtual thread of the program may hold its monitor and leave the carrier.
      return new PrintStream(new FileOutputStream(FileDescriptor.err), true, System.err.charset());
    }
    return new PrintStream(
        new FileOutputStream(options.report().toFile()), true, StandardCharsets.UTF_8);
  }

  private static void end(Options options, PrintStream out) {
    Faults.tell();
    Races.settle();
    int races = Races.count();
    if (races > 0) {
      out.println("Found " + races + " data race" + (races == 1 ? "" : "s"));
      out.flush();
      if (options.exit() != 0) {
        Runtime.getRuntime().halt(options.exit());
      }
    }
  }
}
