package org.katagrade.agent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.katagrade.libraries.Library;

/**
 * The detector on libraries that nobody here wrote: it tells of no race but those that have been
 * looked into. One that is known and does not occur is fine, since it may take luck. {@code
 * -Dlibraries.rounds=20} makes the workloads so much longer.
 */
class LibrariesIT {

  private static final int ROUNDS = Integer.getInteger("libraries.rounds", 1);
  private static final int MINUTES = 10 * ROUNDS;
  private static final Pattern HELD = Pattern.compile("checks that held: (\\d+)");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void hasNoRaceThatIsNotKnown(Library library) throws Exception {
    Path reports = folder.resolve("races.txt");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:off",
                "-Xmx512m",
                "-javaagent:" + System.getProperty("agent.jar") + "=exit=0,report=" + reports,
                "-Dlibraries.rounds=" + ROUNDS,
                "-cp",
                System.getProperty("java.class.path"),
                Library.class.getName(),
                library.name())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it has ended").isTrue();
    } finally {
      process.destroyForcibly();
    }

    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    Matcher held = HELD.matcher(text);
    assertThat(held.find()).as(text).isTrue();
    assertThat(Long.parseLong(held.group(1))).isGreaterThanOrEqualTo(library.checks());
    List<KnownRace> known = KnownRace.of(library);
    String told = Files.readString(reports, StandardCharsets.UTF_8);
    List<ReportedRace> races = ReportedRace.in(told);
    assertThat(races).as("reports that were read").hasSize(told.split("DATA RACE", -1).length - 1);
    assertThat(races)
        .as(told)
        .allMatch(race -> known.stream().anyMatch(explained -> explained.explains(race)));
  }

  @Test
  void theKnownOnesAreToldOf() throws IOException {
    List<ReportedRace> races =
        ReportedRace.in(
            """
            WARNING: DATA RACE
            Write of int[32], element 6 by thread 'p1'
                at org.jctools.maps.Table.put(Table.java:708)
                at Main.main(Main.java:1)

            Previous read of int[32], element 6 by thread 'p0'
                at org.jctools.maps.Table.get(Table.java:677)

            """);

    assertThat(races).hasSize(1);
    assertThat(races.getFirst().variable()).isEqualTo("int[]");
    assertThat(races.getFirst().methods()).containsExactlyInAnyOrder("Table.put", "Table.get");
  }
}
