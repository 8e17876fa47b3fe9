package org.katagrade.agent.explored;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs of their own in which programs can be explored. */
final class Jvm {

  private Jvm() {}

  /** Runs a main class of the tests; what it prints goes to the file. */
  static Process start(List<String> options, Path output, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:off", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.add("-javaagent:" + System.getProperty("agent.jar") + "=explore,exit=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(new File(output + ".err"))
        .start();
  }
}
