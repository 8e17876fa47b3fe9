package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Virtual threads leave their carriers where they do without the agent, and nowhere else. Those
 * that wait for what another has begun may spin on all of them, and then it never comes back.
 */
class CarriersIT {

  private static final String JAR = System.getProperty("agent.jar");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", ",noise=2"})
  void noHookLeavesTheCarrier(String options) throws Exception {
    Path report = folder.resolve("races.txt");

    Launch end = oneCarrier(List.of(Launch.agent("=exit=0,report=" + report + options)), List.of());

    assertThat(end).isEqualTo(new Launch(0, "all stayed\n"));
    assertThat(report).content().contains("WARNING: DATA RACE").doesNotContain("race detector:");
  }

  @Test
  void theProgramDoesNotByItself() throws Exception {
    assertThat(oneCarrier(List.of(), List.of())).isEqualTo(new Launch(0, "all stayed\n"));
  }

  @Test
  void leavingIsNoticed() throws Exception {
    assertThat(oneCarrier(List.of(), List.of("yield")))
        .isEqualTo(new Launch(1, "one left the carrier\n"));
  }

  @Test
  void reportsWhatIsFoundWhileTheProgramHoldsTheErrorStream() throws Exception {
    Path classes = Launch.compiled("SpinsForAnother", folder);

    Launch end =
        Launch.java(
            carriers(2, List.of(Launch.agent("")), classes.toString(), "SpinsForAnother"),
            List.of());

    assertThat(end.text()).contains("WARNING: DATA RACE", "all went on", "Found 1 data race");
    assertThat(end.code()).isEqualTo(66);
  }

  private Launch oneCarrier(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    Path classes =
        Launch.compiled(
            folder, List.of("-cp", JAR), Path.of("src/test/resources/programs/OneCarrier.java"));
    return Launch.java(
        carriers(1, options, classes + File.pathSeparator + JAR, "OneCarrier"), arguments);
  }

  private static List<String> carriers(
      int carriers, List<String> options, String path, String main) {
    List<String> all = new ArrayList<>(options);
    all.add("-Djdk.virtualThreadScheduler.parallelism=" + carriers);
    all.add("-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers);
    all.addAll(List.of("-cp", path, main));
    return all;
  }
}
