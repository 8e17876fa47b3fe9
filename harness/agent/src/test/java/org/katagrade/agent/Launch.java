package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * How a program in a JVM of its own ended.
 *
 * @param code its exit code
 * @param text what it printed, on both streams
 */
record Launch(int code, String text) {

  private static final Path PROGRAMS = Path.of("src/test/resources/programs");

  /** The agent as the JVM is told of it. */
  static String agent(String options) {
    return "-javaagent:" + System.getProperty("agent.jar") + options;
  }

  /** Under the agent with these options, which begin with a {@code =} if there are any. */
  static Launch with(String options, Path classes, String... main)
      throws IOException, InterruptedException {
    return java(
        List.of(agent(options), "-cp", classes.toString(), main[0]),
        List.of(main).subList(1, main.length));
  }

  /** Without the agent. */
  static Launch plain(Path classes, String... main) throws IOException, InterruptedException {
    return java(List.of("-cp", classes.toString(), main[0]), List.of(main).subList(1, main.length));
  }

  static Launch java(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Without this the JVM says that class-data sharing is limited now.
    command.add("-Xshare:off");
    command.addAll(options);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Launch(process.exitValue(), text);
  }

  /** The folder with the classes of a program of ours. */
  static Path compiled(String program, Path folder) throws IOException {
    return compiled(folder, List.of(), PROGRAMS.resolve(program + ".java"));
  }

  static Path compiled(Path folder, List<String> options, Path... sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> words = new ArrayList<>(List.of("-g", "-nowarn", "-d", classes.toString()));
    words.addAll(options);
    for (Path source : sources) {
      words.add(source.toString());
    }
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(failed).isZero();
    return classes;
  }
}
