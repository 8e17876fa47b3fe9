package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same search tells the same in every JVM, however that compiles. */
class StoriesIT {

  private static final List<String> C1 = List.of("-XX:TieredStopAtLevel=1");
  private static final List<String> C1_AND_C2 = List.of();
  private static final List<String> INTERPRETED = List.of("-Xint");

  @TempDir Path folder;

  @Test
  void ofTheWholeCorpusWithBothCompilers() throws Exception {
    Path one = told("c1", C1, 1);
    Path other = told("c2", C1_AND_C2, 1);

    assertThat(one).hasSameBinaryContentAs(other);
    assertThat(Files.readAllLines(one)).hasSizeGreaterThan(2_000);
  }

  @Test
  void ofAShareInterpreted() throws Exception {
    Path one = told("compiled", C1, 20);
    Path other = told("interpreted", INTERPRETED, 20);

    assertThat(one).hasSameBinaryContentAs(other);
    assertThat(Files.readAllLines(one)).hasSizeGreaterThan(100);
  }

  private Path told(String name, List<String> options, int share)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".txt");
    Process process = Jvm.start(options, file, Stories.class, Integer.toString(share));
    assertThat(process.waitFor()).as("of the JVM that writes %s", file).isZero();
    return file;
  }
}
