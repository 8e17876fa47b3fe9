package org.katagrade.grader.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A tree with the launcher in it, in a folder with a space in its name, and around it a machine of
 * shell scripts: a JDK and a Maven that write down how they were called.
 */
final class LauncherTree {

  private static final Path LAUNCHER = Path.of("../../grade");

  /** What the launcher may use of a system besides its shell. */
  private static final List<String> TOOLS =
      List.of("readlink", "find", "head", "mkdir", "mv", "rm", "sed", "sleep", "stty", "dirname");

  /** What a run left. */
  record Run(int code, String out, String err) {}

  private static final String JAVA =
      """
      #!/bin/sh
      for word; do line="${line:-java LC_ALL=${LC_ALL:-}} <$word>"; done
      printf '%s\\n' "$line" >> "$RECORD"
      exit "${JAVA_CODE:-0}"
      """;

  /** Begins, waits for leave to go on if it is told to, and makes what Maven makes. */
  private static final String MAVEN =
      """
      #!/bin/sh
      printf 'mvn JAVA_HOME=%s\\n' "$JAVA_HOME" >> "$RECORD"
      while [ -n "${MAVEN_WAITS_FOR:-}" ] && [ ! -e "$MAVEN_WAITS_FOR" ]; do sleep 0.02; done
      printf '\\033[0m%s\\033[0m\\n' "${MAVEN_SAYS:-}"
      while [ "$1" != -f ]; do shift; done
      lib=$(dirname "$2")/harness/grader/target/dist/lib
      mkdir -p "$lib" && : > "$lib/grader.jar" && : > "$lib/other.jar"
      exit "${MAVEN_CODE:-0}"
      """;

  private final Path machine;
  private final Path root;
  private final Map<String, String> environment = new TreeMap<>();

  private final List<Process> started = new CopyOnWriteArrayList<>();

  LauncherTree(Path folder) throws IOException {
    machine = Files.createDirectories(folder.resolve("machine")).toRealPath();
    root = Files.createDirectories(folder.resolve("a tree")).toRealPath();
    for (String tool : TOOLS) {
      script(tools().resolve(tool), "#!/bin/sh\nexec " + onThisMachine(tool) + " \"$@\"\n");
    }
    Files.copy(LAUNCHER, launcher(), StandardCopyOption.COPY_ATTRIBUTES);
    write(root.resolve("pom.xml"), "<project/>");
    for (String module : List.of("checks", "grader")) {
      write(root.resolve("harness").resolve(module).resolve("pom.xml"), "<project/>");
      write(root.resolve("harness").resolve(module).resolve("src/main/A.java"), "class A {}");
    }
    environment.put("PATH", tools().toString());
    environment.put("HOME", Files.createDirectories(machine.resolve("home")).toString());
    environment.put("GRADE_JDKS", Files.createDirectories(machine.resolve("jdks")).toString());
    environment.put("RECORD", machine.resolve("record").toString());
  }

  private static Path onThisMachine(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  Path root() {
    return root;
  }

  Path launcher() {
    return root.resolve("grade");
  }

  Path target() {
    return root.resolve("harness/grader/target");
  }

  /** The only folder on the path. */
  Path tools() {
    return machine.resolve("tools");
  }

  /** A JDK that says it is of this version. */
  Path jdk(String name, String version) throws IOException {
    Path jdk = machine.resolve("jdks").resolve(name);
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), JAVA);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  LauncherTree withJdk25() throws IOException {
    jdk("twenty five", "25.0.1");
    return this;
  }

  LauncherTree withMaven() throws IOException {
    script(tools().resolve("mvn"), MAVEN);
    return this;
  }

  LauncherTree with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  Run run(String... words) throws IOException, InterruptedException {
    return runIn(machine, launcher().toString(), words);
  }

  Run runIn(Path directory, String launcher, String... words)
      throws IOException, InterruptedException {
    return ended(start(directory, launcher, words));
  }

  /** Ends what has not ended by itself. */
  void endAll() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Starts the launcher, which lives until {@link #endAll} at most. */
  Process start(Path directory, String launcher, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  static Run ended(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    // Both are far too short to fill a pipe.
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    return new Run(process.waitFor(), out, err);
  }

  /** What was called, in order; nothing if nothing was. */
  List<String> calls() {
    Path record = machine.resolve("record");
    try {
      return Files.exists(record) ? Files.readAllLines(record) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long builds() {
    return calls().stream().filter(call -> call.startsWith("mvn ")).count();
  }

  static void script(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
