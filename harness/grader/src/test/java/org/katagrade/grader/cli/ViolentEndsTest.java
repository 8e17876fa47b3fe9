package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Children that somebody else kills, and graders that somebody interrupts. */
final class ViolentEndsTest {

  /** Far more than any of it takes; nothing is said about how long it takes. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A submission that says who it is, and stays in its first call until it may leave. */
  private static final String STAYS =
      """
      package kata99;

      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.nio.file.StandardCopyOption;
      import java.util.concurrent.locks.LockSupport;

      public final class Solution implements Counter {
        private int last;

        public synchronized int next() {
          try {
            Process started = new ProcessBuilder("sleep", "1000000").start();
            String who = ProcessHandle.current().pid() + " " + started.pid();
            Path part = Files.writeString(Path.of("part"), who);
            Files.move(part, Path.of("@ARRIVED@"), StandardCopyOption.REPLACE_EXISTING);
            while (!Files.exists(Path.of("@LEAVE@"))) {
              LockSupport.parkNanos(1_000_000);
            }
            started.destroyForcibly().waitFor();
          } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return ++last;
        }
      }
      """;

  @TempDir private Path folder;

  private ScratchCourse course;
  private GraderProcess grader;
  private Path arrived;
  private Path leave;
  private Process running;
  private final List<ProcessHandle> seen = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    assumeFalse(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"),
        "there are no signals");
    course = new ScratchCourse(folder);
    course.allow(
        "java.nio.file.*",
        "java.lang.Process",
        "java.lang.ProcessBuilder",
        "java.lang.ProcessHandle");
    grader = GraderProcess.in(course);
    arrived = course.root().resolve("arrived");
    leave = course.root().resolve("leave");
    course.submission(
        "stays",
        STAYS.replace("@ARRIVED@", arrived.toString()).replace("@LEAVE@", leave.toString()));
    ProcessBuilder command =
        grader
            .command("kata-99", "work/stays")
            .redirectOutput(course.root().resolve("out").toFile())
            .redirectError(course.root().resolve("err").toFile());
    // In a sandbox it could not say that it has arrived.
    command.environment().put("GRADE_SANDBOX", "1");
    running = command.start();
  }

  @AfterEach
  void leaveNothingRunning() {
    if (running != null) {
      ours().forEach(ProcessHandle::destroyForcibly);
      seen.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aCheckWhoseChildIsKilledIsRunAgain() throws Exception {
    List<ProcessHandle> who = whoArrived();
    assertThat(who).allMatch(ProcessHandle::destroyForcibly);
    Files.createFile(leave);
    assertThat(running.waitFor()).isEqualTo(ExitCode.FULL);
    assertThat(said("err"))
        .contains("startsAtOne: HarnessFault")
        .contains("startsAtOne: Passed")
        .doesNotContain("Died");
    assertThat(said("out")).contains("100 of 100");
    assertThat(grader.temporary()).isEmptyDirectory();
  }

  @Test
  void aCheckWhoseChildIsKilledEachTimeIsNobodysFault() throws Exception {
    int killed = 0;
    while (running.isAlive()) {
      List<ProcessHandle> who = whoArrived();
      if (!who.isEmpty()) {
        Files.delete(arrived);
        who.forEach(ProcessHandle::destroyForcibly);
        killed++;
      }
    }
    // Two checks, each of them tried twice.
    assertThat(killed).isEqualTo(4);
    assertThat(running.waitFor()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(said("out"))
        .contains("the grader failed here")
        .contains("the child was killed from outside")
        .contains("incomplete: 90 points could not be graded")
        .doesNotContain("died");
    assertThat(grader.temporary()).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void anInterruptedGraderLeavesNothingRunning(String signal, int code) throws Exception {
    List<ProcessHandle> who = whoArrived();
    assumeFalse(ignoresInterrupts(running.pid()), "interrupts were ignored from the start");
    assertThat(who).hasSize(2).allMatch(ProcessHandle::isAlive);
    send(signal, String.valueOf(running.pid()));
    assertThat(running.waitFor()).isEqualTo(code);
    await("the end of all that it started")
        .atMost(LIMIT)
        .until(() -> ours().findAny().isEmpty() && who.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(said("out")).isEmpty();
    assertThat(grader.state()).doesNotExist();
    assertThat(grader.temporary()).isEmptyDirectory();
  }

  /** The child in the first call of the submission and what that started; empty at the end. */
  private List<ProcessHandle> whoArrived() throws IOException {
    await("a child")
        .atMost(LIMIT)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> Files.exists(arrived) || !running.isAlive());
    if (!Files.exists(arrived)) {
      return List.of();
    }
    List<Long> wanted = Stream.of(Files.readString(arrived).split(" ")).map(Long::valueOf).toList();
    List<ProcessHandle> found =
        running.descendants().filter(each -> wanted.contains(each.pid())).toList();
    assertThat(found).extracting(ProcessHandle::pid).containsExactlyElementsOf(wanted);
    seen.addAll(found);
    return found;
  }

  /** Everything that runs for this test, also what nobody waits for any more. */
  private Stream<ProcessHandle> ours() {
    String mark = course.root().toString();
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(mark));
  }

  /** A shell that starts something in the background may have it ignore interrupts. */
  private static boolean ignoresInterrupts(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    assumeTrue(Files.exists(status), "nobody says which signals are ignored");
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return new BigInteger(mask.split("\\s+")[1], 16).testBit(1);
  }

  private static void send(String signal, String process) throws Exception {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, process).start();
    assertThat(kill.waitFor()).isZero();
  }

  private String said(String where) throws IOException {
    return Files.readString(course.root().resolve(where));
  }
}
