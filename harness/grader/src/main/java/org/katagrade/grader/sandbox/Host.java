package org.katagrade.grader.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is on a machine to build a {@link Sandbox} of.
 *
 * @param shell by which a process gets a file of its own to speak through; null on Windows
 * @param filter of system calls, if the processor is known
 * @param system what a program needs of the system's own files, as bubblewrap's arguments
 */
record Host(
    boolean isRoot,
    @Nullable Path shell,
    @Nullable Path bubblewrap,
    @Nullable Path setpriv,
    @Nullable Path prlimit,
    Optional<byte[]> filter,
    List<String> system) {

  /** Programs are looked for here alone: what a user has first on a path is none of ours. */
  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin");

  /** Where a system has its programs and libraries, apart from {@code /usr}. */
  private static final List<String> PROGRAMS =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store");

  /** What the loader reads, and JVMs of distributions. */
  private static final List<String> SETTINGS = List.of("/etc/ld.so.cache", "/etc/alternatives");

  Host {
    system = List.copyOf(system);
  }

  static Host here() {
    return new Host(
        root(),
        Files.exists(Path.of("/dev/fd")) ? find("sh") : null,
        find("bwrap"),
        find("setpriv"),
        find("prlimit"),
        SystemCalls.filter(System.getProperty("os.arch")),
        parts());
  }

  /** What is not here and would have to be; nothing if the level is worth a try. */
  Optional<String> missingFor(Level level) {
    if (shell == null || !Files.exists(Path.of("/proc/self/ns"))) {
      return Optional.of("it takes Linux");
    }
    if (bubblewrap == null) {
      return Optional.of("bubblewrap is not installed");
    }
    if (prlimit == null) {
      return Optional.of("prlimit of util-linux is not installed");
    }
    if (level == Level.FULL && isRoot && setpriv == null) {
      return Optional.of("setpriv of util-linux is not installed, and the grader is run by root");
    }
    if (level == Level.FULL && filter.isEmpty()) {
      return Optional.of("no filter of system calls is known for this processor");
    }
    return Optional.empty();
  }

  private static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static @Nullable Path find(String program) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static List<String> parts() {
    List<String> parts = new ArrayList<>();
    parts.addAll(List.of("--ro-bind", "/usr", "/usr"));
    for (String name : PROGRAMS) {
      Path path = Path.of(name);
      if (Files.isSymbolicLink(path)) {
        try {
          String target = Files.readSymbolicLink(path).toString();
          parts.addAll(List.of("--symlink", target, name));
        } catch (IOException e) {
          // Without it a program does not start, which the try of the sandbox shows.
        }
      } else if (Files.isDirectory(path)) {
        parts.addAll(List.of("--ro-bind", name, name));
      }
    }
    for (String name : SETTINGS) {
      parts.addAll(List.of("--ro-bind-try", name, name));
    }
    try (DirectoryStream<Path> ofJdks = Files.newDirectoryStream(Path.of("/etc"), "java-*")) {
      for (Path each : ofJdks) {
        parts.addAll(List.of("--ro-bind", each.toString(), each.toString()));
      }
    } catch (IOException e) {
      // Only the JDKs of some distributions need them.
    }
    return parts;
  }
}
