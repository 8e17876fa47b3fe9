package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.agent.weave.KeptClasses;
import org.katagrade.agent.weave.WeaveAhead;

/** What is woven whatever the program is can be woven once, and then all is as it is without. */
final class KeptClassesIT {

  private static final Path PROGRAM = Path.of("src/test/resources/programs/kept");
  private static final String BOX = "lib/Box.class";
  private static final Pattern USED =
      Pattern.compile("race detector: (\\d+) classes are as an earlier JVM has woven them\\R");

  @TempDir private static Path folder;
  private static Path classes = Path.of("");
  private static Path file = Path.of("");
  private static String without = "";

  @BeforeAll
  static void weaveAhead() throws Exception {
    file = folder.resolve("kept");
    classes =
        Launch.compiled(
            folder,
            List.of("-cp", System.getProperty("agent.jar")),
            PROGRAM.resolve("Box.java"),
            PROGRAM.resolve("Main.java"));
    assertThat(ahead(classes, file, "")).isEqualTo(new Launch(0, ""));
    without = program(classes, "", List.of()).text();
    assertThat(without).contains("unavailable: \n", "Wrong", "Raced", "nothing");
  }

  @Test
  void whatIsFoundIsTheSameToTheLastStep() throws Exception {
    Launch with = program(classes, "", List.of(KeptClasses.option(file)));

    assertThat(used(with)).isGreaterThan(100);
    assertThat(USED.matcher(with.text()).replaceFirst("")).isEqualTo(without);
  }

  @Test
  void aClassThatHasChangedIsWovenAnew(@TempDir Path other) throws Exception {
    Path box = Files.createDirectories(other.resolve("source")).resolve("Box.java");
    Files.writeString(
        box,
        Files.readString(PROGRAM.resolve("Box.java"))
            .replace("value = number;", "value = number + 1;"));
    Path changed =
        Launch.compiled(
            other,
            List.of("-cp", System.getProperty("agent.jar")),
            box,
            PROGRAM.resolve("Main.java"));

    Launch with = program(changed, "", List.of(KeptClasses.option(file)));

    assertThat(used(with)).isGreaterThan(100);
    assertThat(with.text()).contains("unavailable: \n", "it is 4");
  }

  @Test
  void aFileThatIsNotWholeIsLeftAlone(@TempDir Path other) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, whole.length - 1}) {
      Path part = Files.write(other.resolve("part"), Arrays.copyOf(whole, length));
      assertThat(program(classes, "", List.of(KeptClasses.option(part))).text()).isEqualTo(without);
    }
  }

  @Test
  void withAndWithoutTheDetectorAreTwoFiles(@TempDir Path other) throws Exception {
    String unwatched = program(classes, ",unwatched", List.of(), "unwatched").text();
    assertThat(unwatched).contains("unavailable: \n", "Wrong", "nothing").doesNotContain("Raced");
    Path second = other.resolve("kept");
    assertThat(ahead(classes, second, ",unwatched")).isEqualTo(new Launch(0, ""));

    Launch with = program(classes, ",unwatched", List.of(KeptClasses.option(second)), "unwatched");

    assertThat(used(with)).isGreaterThan(100);
    assertThat(USED.matcher(with.text()).replaceFirst("")).isEqualTo(unwatched);
    assertThat(
            program(classes, ",unwatched", List.of(KeptClasses.option(file)), "unwatched").text())
        .isEqualTo(unwatched);
  }

  private static int used(Launch launch) {
    var used = USED.matcher(launch.text());
    assertThat(used.find()).as(launch.text()).isTrue();
    return Integer.parseInt(used.group(1));
  }

  private static Launch ahead(Path classes, Path file, String more)
      throws IOException, InterruptedException {
    Path jar = folder.resolve("box.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(BOX));
      out.write(Files.readAllBytes(classes.resolve(BOX)));
    }
    return Launch.java(
        List.of(
            Launch.agent("=packages=none,woven=lib,exit=0,explore,ahead" + more),
            "-cp",
            classes.toString(),
            WeaveAhead.class.getName()),
        List.of(file.toString(), jar.toString()));
  }

  private static Launch program(
      Path classes, String more, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return Launch.java(
        Stream.concat(
                options.stream(),
                Stream.of(
                    Launch.agent("=packages=app,woven=app:lib,exit=0,explore,verbose" + more),
                    "-cp",
                    classes.toString(),
                    "app.Main"))
            .toList(),
        List.of(arguments));
  }
}
