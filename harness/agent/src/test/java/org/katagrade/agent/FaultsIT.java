package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector that fails: one line in the log, no race, and a program that notices nothing. */
class FaultsIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "race/Variables.readSlowly",
        "race/Variables.writeSlowly",
        "race/Variables.readStatic",
        "race/Variables.element",
        "race/Variables.whole",
        "race/Variables.freeze",
        "race/Variables.afterInitialisation",
        "order/Hooks.enterMonitor",
        "order/Hooks.exitMonitor",
        "order/Hooks.caught",
        "order/Collections.before",
        "order/Collections.after",
        "order/CollectionFunctions.carried",
        "race/SyncVar.acquire",
        "race/SyncVar.release"
      })
  void theProgramGoesOn(String method) throws Exception {
    Path classes = Launch.compiled("Everything", folder);
    Launch without = Launch.plain(classes, "Everything");

    // Boot classes are not verified unless the JVM is told to.
    Launch with =
        Launch.java(
            List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+BytecodeVerificationLocal",
                Launch.agent("=fault=" + method),
                "-cp",
                classes.toString(),
                "Everything"),
            List.of());

    List<String> said =
        with.text().lines().filter(line -> line.startsWith("race detector: ")).toList();
    assertThat(said).singleElement().asString().contains("IllegalStateException: provoked");
    assertThat(with.text().lines().filter(line -> !said.contains(line)))
        .containsExactlyElementsOf(without.text().lines().toList());
    assertThat(with.code()).isEqualTo(without.code());
  }

  @Test
  void noRaceIsToldOfAfterwards() throws Exception {
    Path classes = Launch.compiled("Racy", folder);
    assertThat(Launch.with("=fault=order/Hooks.enterMonitor", classes, "Racy").code())
        .as("where what fails is never called")
        .isEqualTo(66);

    Launch failed = Launch.with("=fault=race/Variables.afterInitialisation", classes, "Racy");

    assertThat(failed.text()).doesNotContain("DATA RACE").contains("done true");
    assertThat(failed.code()).isZero();
  }
}
