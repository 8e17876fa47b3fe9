package org.katagrade.grader.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.katagrade.grader.cli.ScratchCourse.Run;

/** The grader as the launcher starts it: a JVM of its own, with folders of its own. */
final class GraderProcess {

  private final ScratchCourse course;
  private final List<String> before;

  private GraderProcess(ScratchCourse course, List<String> before) {
    this.course = course;
    this.before = List.copyOf(before);
  }

  static GraderProcess in(ScratchCourse course) {
    return new GraderProcess(course, List.of());
  }

  /** With a shell's command before it, such as a limit. */
  GraderProcess after(String shellCommand) {
    return new GraderProcess(
        course, List.of("/bin/sh", "-c", shellCommand + " && exec \"$@\"", "sh"));
  }

  /** Where it makes temporary files. */
  Path temporary() {
    return course.root().resolve("temporary");
  }

  /** Where it keeps scores. */
  Path state() {
    return course.root().resolve("xdg-state/katagrade");
  }

  /** The command line, not yet started. */
  ProcessBuilder command(String... words) throws IOException {
    Files.createDirectories(temporary());
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-UsePerfData");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.io.tmpdir=" + temporary());
    command.add("-Dgrade.root=" + course.root());
    command.add("-Dgrade.library=" + ScratchCourse.LIBRARY);
    command.add("-Dgrade.terminal=false");
    command.add("-Dgrade.live=false");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(course.root().toFile());
    builder.environment().put("XDG_STATE_HOME", course.root().resolve("xdg-state").toString());
    builder.environment().put("XDG_CACHE_HOME", course.root().resolve("xdg-cache").toString());
    return builder;
  }

  /** Runs to the end; its output comes through pipes, which no limit on files concerns. */
  Run run(String... words) throws IOException, InterruptedException {
    Process process = command(words).start();
    process.getOutputStream().close();
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.errorReader()));
    String out = text(process.inputReader());
    return new Run(process.waitFor(), out, err.join());
  }

  private static String text(BufferedReader reader) {
    StringWriter text = new StringWriter();
    try {
      reader.transferTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
