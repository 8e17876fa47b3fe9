package org.katagrade.grader.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operating system keeps a child from, by means of bubblewrap where there is one that
 * works. Safe for use by many threads.
 *
 * <p>Within, a child has namespaces of its own and sees {@code /usr}, its JDK and its jars, none of
 * which it can write to, and an empty folder in memory in the place of its temporary one.
 */
public final class Sandbox {

  private static final long MEGABYTE = 1 << 20;

  /** What fits into the folder in memory. */
  private static final long MOST_FILES = 64 * MEGABYTE;

  /** Memory of its own, threads' stacks among it; the heap has limits of the JVM's. */
  private static final long MOST_MEMORY = 4096 * MEGABYTE;

  private static final int MOST_THREADS = 4096;
  private static final int MOST_OPEN = 4096;

  /** Nobody's numbers: below those that systemd gives to services, above those of people. */
  private static final int FIRST_USER = 58_000;

  private static final int USERS = 2_000;

  private static final String FILTER = "system-calls.bpf";

  private static final AtomicInteger USER =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 16 % USERS));

  private final Host host;
  private final Level level;
  private final List<String> lacks;

  private Sandbox(Host host, Level level, List<String> lacks) {
    this.host = host;
    this.level = level;
    this.lacks = List.copyOf(lacks);
  }

  /** Runs a command that should do nothing, successfully. */
  public interface Trial {

    /** Runs it inside a candidate; what came of it if that was not success. */
    Optional<String> failure(Sandbox candidate) throws InterruptedException;
  }

  /**
   * The highest level that this machine offers, as it shows in a trial.
   *
   * @param most no level above this one
   */
  public static Sandbox best(Level most, Trial trial) throws InterruptedException {
    return best(Host.here(), most, trial);
  }

  static Sandbox best(Host host, Level most, Trial trial) throws InterruptedException {
    List<String> lacks = new ArrayList<>();
    for (Level level : List.of(Level.FULL, Level.CONTAINER)) {
      Optional<String> missing =
          level.compareTo(most) > 0 ? Optional.of("it is not wanted here") : host.missingFor(level);
      if (missing.isEmpty()) {
        Sandbox candidate = new Sandbox(host, level, lacks);
        missing = trial.failure(candidate);
        if (missing.isEmpty()) {
          return candidate;
        }
      }
      lacks.add("level %d: %s".formatted(level.number(), missing.get()));
    }
    return new Sandbox(host, Level.JVM, lacks);
  }

  /** This level, untried. */
  static Sandbox of(Host host, Level level) {
    return new Sandbox(host, level, List.of());
  }

  /** None. */
  public static Sandbox none() {
    return of(Host.here(), Level.JVM);
  }

  public Level level() {
    return level;
  }

  /** For each level that is not reached, what this machine lacks. */
  public List<String> lacks() {
    return lacks;
  }

  /**
   * A command line that runs this one inside. The process that it starts stands for it: it ends
   * when that ends and with its exit code, and takes it along when it is killed. Standard output is
   * the file {@code channel} inside where there is one, and nothing else writes to it.
   *
   * @param temporary the folder in which it is started
   * @param readable files and folders that it needs
   * @param before what stands before the command, outside
   */
  public List<String> around(
      List<String> command, Path temporary, Collection<Path> readable, List<String> before) {
    List<String> all = new ArrayList<>(launcher(temporary));
    all.addAll(before);
    if (level != Level.JVM) {
      all.addAll(container(temporary, readable));
    }
    all.addAll(command);
    return all;
  }

  /** The file by which a child says what it has to say; null if that is its standard output. */
  public @Nullable String channel() {
    return host.shell() == null ? null : "/dev/fd/3";
  }

  /**
   * The process that the command has become, given the one that was started: itself, or within a
   * container what the first process there has started.
   *
   * @return nothing if it is not there yet, or no more
   */
  public Optional<ProcessHandle> inside(ProcessHandle started) {
    return level == Level.JVM
        ? Optional.of(started)
        : started.children().findFirst().flatMap(first -> first.children().findFirst());
  }

  private List<String> launcher(Path temporary) {
    Path shell = host.shell();
    if (shell == null) {
      return List.of();
    }
    StringBuilder script = new StringBuilder("exec 3>&1 1>&2");
    String zero = "sh";
    if (level == Level.FULL) {
      Path filter = temporary.resolve(FILTER);
      try {
        Files.write(filter, host.filter().orElseThrow());
      } catch (IOException e) {
        throw new UncheckedIOException("writing " + filter, e);
      }
      zero = filter.toString();
      script.append(" 4<\"$0\"");
      if (host.isRoot()) {
        // Who is somebody else opens it anew.
        script.append("; chmod 622 /dev/fd/3");
      }
    }
    script.append("; exec \"$@\"");
    return List.of(shell.toString(), "-c", script.toString(), zero);
  }

  private List<String> container(Path temporary, Collection<Path> readable) {
    List<String> all = new ArrayList<>();
    all.add(tool(host.bubblewrap()));
    all.addAll(
        List.of(
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL"));
    boolean drops = level == Level.FULL && host.isRoot();
    if (drops) {
      for (String needed : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
        all.addAll(List.of("--cap-add", needed));
      }
    } else if (!host.isRoot()) {
      all.add("--unshare-user");
    }
    if (level == Level.FULL) {
      all.addAll(List.of("--seccomp", "4"));
    }
    all.addAll(List.of("--clearenv", "--setenv", "LC_ALL", "C.UTF-8"));
    all.addAll(host.system());
    List<Path> own = readable.stream().filter(path -> !path.startsWith("/usr")).distinct().toList();
    String folder = temporary.toString();
    // What bubblewrap makes of itself on the way to a file nobody but root could enter.
    Stream.concat(own.stream(), Stream.of(temporary))
        .flatMap(Sandbox::ancestors)
        .distinct()
        .forEach(ancestor -> all.addAll(List.of("--dir", ancestor.toString())));
    own.forEach(path -> all.addAll(List.of("--ro-bind", path.toString(), path.toString())));
    all.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    all.addAll(List.of("--perms", "1777", "--size", String.valueOf(MOST_FILES), "--tmpfs", folder));
    all.addAll(List.of("--remount-ro", "/", "--chdir", folder));
    if (drops) {
      String user = String.valueOf(FIRST_USER + USER.getAndIncrement() % USERS);
      all.addAll(
          List.of(
              tool(host.setpriv()),
              "--reuid=" + user,
              "--regid=" + user,
              "--clear-groups",
              "--inh-caps=-all",
              "--bounding-set=-all",
              "--no-new-privs"));
    }
    all.addAll(List.of(tool(host.prlimit()), "--core=0", "--nofile=" + MOST_OPEN));
    if (level == Level.FULL) {
      all.addAll(List.of("--nproc=" + MOST_THREADS, "--data=" + MOST_MEMORY));
    }
    all.add("--");
    return all;
  }

  /** The folders above a path, from the top, without the root itself. */
  private static Stream<Path> ancestors(Path path) {
    return IntStream.range(1, path.getNameCount())
        .mapToObj(names -> Path.of("/").resolve(path.subpath(0, names)));
  }

  private static String tool(@Nullable Path path) {
    if (path == null) {
      throw new IllegalStateException("a tool of this level is missing");
    }
    return path.toString();
  }
}
