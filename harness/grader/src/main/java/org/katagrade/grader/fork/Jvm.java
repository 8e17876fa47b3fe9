package org.katagrade.grader.fork;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.weave.KeptClasses;
import org.katagrade.agent.weave.WeaveAhead;
import org.katagrade.checks.Check;
import org.katagrade.checks.child.ChildMain;
import org.katagrade.checks.child.KataClassLoader;
import org.katagrade.checks.child.WovenJdk;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * How a child JVM is started.
 *
 * @param home the JDK to run
 * @param library the folder with the harness's jars
 * @param extra further jars a submission may use
 * @param archive a class-data archive that makes plain children start faster, if there is one; what
 *     makes those with Lincheck and those with the agent start faster stands beside it
 * @param sandbox what they run in
 */
public record Jvm(
    Path home, Path library, List<Path> extra, @Nullable Path archive, Sandbox sandbox) {

  private static final int HEAP_MEGABYTES = 256;

  /** A small young generation is touched again and again, where a large one is new memory. */
  private static final int YOUNG_MEGABYTES = 16;

  private static final String AGENT = "agent-";

  /** No package of this name is watched. */
  private static final String NO_KATA = "none";

  /** Jars a plain child needs; the fewer, the faster it starts. */
  private static final List<String> PLAIN =
      List.of(
          "checks-",
          "jspecify-",
          "junit-",
          "opentest4j-",
          "apiguardian-",
          "assertj-",
          "byte-buddy-1");

  /** It holds a class that stands before one of a library's. */
  private static final Comparator<Path> HARNESS_FIRST =
      Comparator.comparing((Path jar) -> !jar.getFileName().toString().startsWith("checks-"))
          .thenComparing(Comparator.naturalOrder());

  /** Jars of Lincheck, for a model child on top. */
  private static final List<String> MODEL =
      List.of(
          "lincheck", "kotlin", "atomicfu", "asm-", "byte-buddy-agent", "annotations-", "slf4j-");

  private static final List<String> WITH_LINCHECK =
      Stream.concat(PLAIN.stream(), MODEL.stream()).toList();

  public Jvm {
    // A child runs in a folder of its own.
    library = library.toAbsolutePath();
    extra = extra.stream().map(Path::toAbsolutePath).toList();
    archive = archive == null ? null : archive.toAbsolutePath();
  }

  /** Jars a hidden check is compiled against. */
  public List<Path> checkJars() {
    return jars(WITH_LINCHECK);
  }

  /** The command line of a child for the plain lane. */
  List<String> plain(Path temporary) {
    List<String> command = real(temporary);
    List<Path> more = new ArrayList<>();
    if (archive != null && Files.exists(archive)) {
      command.add("-XX:AOTCache=" + archive);
      more.add(archive);
    }
    return child(command, PLAIN, temporary, List.of(), more);
  }

  /**
   * The command line of a child for the agent lane, which watches the kata's own package.
   *
   * @param races whether the race detector is needed
   */
  List<String> agent(Path temporary, String kata, boolean races) {
    List<String> command = withAgent(temporary, kata, races, "");
    List<Path> more = new ArrayList<>(List.of(jar(AGENT)));
    if (archive != null && Files.exists(keptBeside(archive, races))) {
      command.add(KeptClasses.option(keptBeside(archive, races)));
      more.add(keptBeside(archive, races));
    }
    return child(command, PLAIN, temporary, List.of(), more);
  }

  /**
   * The command line of a program that writes down what the agent weaves whatever the kata is.
   *
   * @param races whether the race detector is needed
   */
  List<String> weavingAhead(Path temporary, Path file, boolean races) {
    List<String> command = withAgent(temporary, NO_KATA, races, ",ahead");
    command.add("-cp");
    command.add(joined(classes(PLAIN)));
    command.add(WeaveAhead.class.getName());
    command.add(file.toString());
    command.add(jar("checks-").toString());
    return command;
  }

  /** The file of that program, beside the archive. */
  public static Path keptBeside(Path archive, boolean races) {
    return archive.resolveSibling(races ? "watched" : "explored");
  }

  private List<String> withAgent(Path temporary, String kata, boolean races, String more) {
    List<String> command = common(temporary);
    command.add("-Xshare:auto");
    command.add(
        "-javaagent:%s=packages=%s,woven=%s:%s,exit=0,explore%s%s"
            .formatted(
                jar(AGENT),
                kata + ":" + Canary.PACKAGE,
                kata + ":" + Canary.PACKAGE,
                Check.class.getPackageName(),
                races ? "" : ",unwatched",
                more));
    return command;
  }

  /** The command line of anybody's program under the race detector, for {@link Watched}. */
  List<String> watched(String options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    // Otherwise the JVM says that class-data sharing is limited now.
    command.add("-XX:-PrintWarnings");
    command.add("-javaagent:" + jar(AGENT) + (options.isEmpty() ? "" : "=" + options));
    command.addAll(arguments);
    return command;
  }

  /** The command line of a plain child that writes the archive as it ends. */
  List<String> recorded(Path temporary, Path file) {
    List<String> command = real(temporary);
    command.add("-XX:AOTCacheOutput=" + file);
    return child(command, PLAIN, temporary, List.of(), List.of());
  }

  /** The command line of a child for the model lane, pinned to one processor where that works. */
  List<String> model(Path temporary, int turn) {
    List<String> command = withLincheck(temporary);
    List<Path> more = new ArrayList<>();
    if (archive != null && Files.exists(wovenBeside(archive))) {
      command.add(WovenJdk.option(wovenBeside(archive)));
      more.add(wovenBeside(archive));
    }
    return child(command, WITH_LINCHECK, temporary, Pinning.toOne(turn), more);
  }

  /** The command line of a program that writes down what Lincheck weaves into the JDK. */
  List<String> weaving(Path temporary, Path file) {
    List<String> command = withLincheck(temporary);
    command.add("-cp");
    command.add(joined(classes(WITH_LINCHECK)));
    command.add(WovenJdk.class.getName());
    command.add(file.toString());
    return command;
  }

  /** The file of that program, beside the archive. */
  public static Path wovenBeside(Path archive) {
    return archive.resolveSibling("woven");
  }

  private List<String> withLincheck(Path temporary) {
    List<String> command = common(temporary);
    command.add("-Djava.system.class.loader=" + KataClassLoader.class.getName());
    command.add("-javaagent:" + jar("byte-buddy-agent"));
    command.add("-XX:+DisableAttachMechanism");
    // Lincheck calls something of its own at every step; to inline all that takes the compiler
    // longer than it saves in so short a run.
    command.add("-XX:C1MaxInlineSize=15");
    command.add("-XX:C1MaxInlineLevel=3");
    return command;
  }

  /** What there is to say to a child in which nothing is woven. */
  private List<String> real(Path temporary) {
    List<String> command = common(temporary);
    // Few calls are made by reflection, and the JVM makes bytecode for each shape of them.
    command.add("-Djdk.reflect.useNativeAccessorOnly=true");
    return command;
  }

  private String java() {
    return home.resolve("bin").resolve(isWindows() ? "java.exe" : "java").toString();
  }

  private List<String> common(Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx" + HEAP_MEGABYTES + "m");
    command.add("-Xmn" + YOUNG_MEGABYTES + "m");
    command.add("-XX:MaxMetaspaceSize=" + HEAP_MEGABYTES / 2 + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Where standard output is the channel, not a word of the JVM's own may be on it.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add("-Xlog:disable");
    command.add("-Xlog:all=error:stderr");
    command.add("-XX:-UsePerfData");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:+SuppressFatalErrorMessage");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dfile.encoding=UTF-8");
    return command;
  }

  /**
   * The command line of a child in its sandbox.
   *
   * @param command the JVM and its options, to which the rest is added
   * @param prefixes of the jars on its class path
   * @param before what stands before it, outside
   * @param more files that its options name
   */
  private List<String> child(
      List<String> command,
      List<String> prefixes,
      Path temporary,
      List<String> before,
      List<Path> more) {
    String channel = sandbox.channel();
    if (channel != null) {
      command.add(ChildMain.channel(channel));
    }
    List<Path> classes = classes(prefixes);
    command.add("-cp");
    command.add(joined(classes));
    command.add(ChildMain.class.getName());
    List<Path> readable = new ArrayList<>(classes);
    readable.add(home);
    readable.addAll(more);
    return sandbox.around(command, temporary, readable, before);
  }

  private List<Path> classes(List<String> prefixes) {
    return Stream.concat(jars(prefixes).stream(), extra.stream()).toList();
  }

  private static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private Path jar(String prefix) {
    return jars(List.of(prefix)).getFirst();
  }

  private List<Path> jars(List<String> prefixes) {
    try (Stream<Path> files = Files.list(library)) {
      return files
          .filter(file -> prefixes.stream().anyMatch(file.getFileName().toString()::startsWith))
          .sorted(HARNESS_FIRST)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("listing the harness's jars", e);
    }
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
