package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of programs that nobody should write. */
class BadProgramsIT {

  /** Processor time after which a JVM that says nothing is taken to say nothing any more. */
  private static final Duration MOST = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** In this JVM, after one another, so that none spoils it for the next. */
  @ParameterizedTest
  @CsvSource({
    "spinsOnAPlainField, Completed",
    "writesAFile, Completed",
    "nestsExecutors, Completed",
    "startsTwoHundredThreads, Completed",
    "interruptsAtEveryPoint, Completed",
    "exits, 'Wrong[thrown=org.katagrade.agent.explore.ExitCalled: the program called"
        + " System.exit(3)'",
    "halts, 'Wrong[thrown=org.katagrade.agent.explore.ExitCalled: the program called"
        + " Runtime.halt(4)'",
    "overflowsTheStack, Wrong[thrown=java.lang.StackOverflowError",
    "throwsWhereNobodyJoins, Wrong[thrown=java.lang.IllegalStateException: nobody joins",
    "catchesEverything, LostWakeup[",
    "catchesEverythingUnderAMonitor, LostWakeup[",
  })
  void endsAs(String name, String ending) throws Exception {
    for (Fork fork : Fork.values()) {
      assertThat(BadRun.ending(name, fork)).as("on %s", fork).startsWith(ending);
    }
  }

  /** Nobody inside can end it: whoever started the JVM sees that it began and never answered. */
  @ParameterizedTest
  @EnumSource
  void loopsWithoutAStepUntilItIsKilled(Fork fork) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process = Jvm.start(List.of(), output, BadRun.class, "loopsWithoutAStep", fork.name());

    while (process.isAlive() && spent(process).compareTo(MOST) < 0) {
      Thread.onSpinWait();
      Thread.yield();
    }

    assertThat(process.isAlive()).isTrue();
    assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
    assertThat(Files.readString(output)).isEqualTo("begun\n");
  }

  private static Duration spent(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
