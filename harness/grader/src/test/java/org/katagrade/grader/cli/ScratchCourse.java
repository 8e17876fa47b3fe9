package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.prove.KillMatrix;
import org.katagrade.grader.prove.Proof;
import org.katagrade.grader.report.Marks;
import org.katagrade.grader.state.Places;

/** A project with a small kata, in a folder with a space in its name, and its command line. */
final class ScratchCourse {

  static final String RIGHT =
      """
      package kata99;

      public final class Solution implements Counter {
        private int steppingStone;

        public synchronized int next() {
          return ++steppingStone;
        }
      }
      """;

  static final String STUB =
      """
      package kata99;

      public final class Solution implements Counter {
        public int next() {
          throw new UnsupportedOperationException("not implemented yet: next");
        }
      }
      """;

  /** Keeps the first promise only. */
  static final String ALWAYS_ONE =
      """
      package kata99;

      public final class Solution implements Counter {
        public int next() {
          return 1;
        }
      }
      """;

  private static final String CONTRACT =
      """
      package kata99;

      /** Counts from 1. */
      public interface Counter {
        /** The next number. */
        int next();
      }
      """;

  private static final String CHECKS =
      """
      package kata99;

      import static org.assertj.core.api.Assertions.assertThat;

      import org.katagrade.checks.Check;
      import org.katagrade.checks.Graded;

      @Graded(rules = 10, forbidden = "java.util.concurrent.Semaphore")
      public final class CounterChecks {

        @Check(points = 50, title = "counting starts at one", hint = "What comes before one?")
        void startsAtOne() {
          Counter unheardOfName = new Solution();
          assertThat(unheardOfName.next()).isEqualTo(1);
        }

        @Check(points = 40, title = "two comes after one", needs = "startsAtOne")
        void goesOn() {
          Counter unheardOfName = new Solution();
          unheardOfName.next();
          assertThat(unheardOfName.next()).isEqualTo(2);
        }
      }
      """;

  private static final String README =
      """
      # Kata 99 · Counter

      Part I — Shared state · difficulty 2 of 5

      Count.

      ## Allowed

      Everything but semaphores.

      ## Hints

      ### Hint 1

      Begin at one.

      ### Hint 2

      Go on with two.
      """;

  private static final String PARENT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>katas</groupId>
        <artifactId>katas</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
      </project>
      """;

  /** Where the build puts what children of tests run with. */
  static final Path LIBRARY = Path.of("target/test-lib").toAbsolutePath();

  private static final int USUAL_WIDTH = 80;

  /** What a run of the command line left. */
  record Run(int code, String out, String err) {}

  private final Path root;

  ScratchCourse(Path folder) throws IOException {
    root = folder.resolve("a project");
    Path kata = root.resolve("katas/kata-99-counter");
    write(root.resolve("katas/pom.xml"), PARENT);
    write(root.resolve("grade"), "#!/bin/sh\n");
    write(kata.resolve("pom.xml"), "<project><artifactId>kata-99-counter</artifactId></project>\n");
    write(kata.resolve("README.md"), README);
    write(kata.resolve("contract/kata99/Counter.java"), CONTRACT);
    write(kata.resolve("src/kata99/Solution.java"), STUB);
    write(kata.resolve("test/kata99/SampleTest.java"), "package kata99;\n\nclass SampleTest {}\n");
    write(kata.resolve("hidden/kata99/CounterChecks.java"), CHECKS);
    write(kata.resolve("hidden/mutants/goesOn/Wrong/AlwaysOne/kata99/Solution.java"), ALWAYS_ONE);
    write(reference().resolve("src/kata99/Solution.java"), RIGHT);
  }

  Path root() {
    return root;
  }

  Path kata() {
    return root.resolve("katas/kata-99-counter");
  }

  Path reference() {
    return root.resolve("reference/kata-99-counter");
  }

  /** Has the checks allow more of the JDK. */
  void allow(String... more) throws IOException {
    String names = Stream.of(more).map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    write(
        kata().resolve("hidden/kata99/CounterChecks.java"),
        CHECKS.replace("forbidden = ", "allowed = {" + names + "}, forbidden = "));
  }

  /** A submission of one file. */
  Path submission(String name, String source) throws IOException {
    Path folder = root.resolve("work").resolve(name);
    write(folder.resolve("kata99/Solution.java"), source);
    return folder;
  }

  /** Leaves a proof of the kata as it is. */
  void prove() throws IOException {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Surroundings surroundings = surroundings(nowhere, nowhere, false, false);
    Kata kata = surroundings.course(null).find("kata-99");
    String hash = surroundings.kataCompiler().compile(kata).hash();
    Proof.Fate fate =
        new Proof.Fate("goesOn", "Wrong", "AlwaysOne", true, Map.of(), List.of(), 7, 7, 0);
    KillMatrix.write(kata, new Proof(kata.id(), hash, List.of("goesOn"), List.of(), List.of(fate)));
  }

  Places places() {
    return new Places(root.resolve("state"), root.resolve("cache"));
  }

  /** Runs the command line with its output in memory. */
  Run run(String... words) {
    return run(false, false, words);
  }

  Run run(boolean colored, boolean live, String... words) {
    return run(colored, live, USUAL_WIDTH, words);
  }

  /** Runs the command line on a terminal of this width. */
  Run run(int width, String... words) {
    return run(false, false, width, words);
  }

  private Run run(boolean colored, boolean live, int width, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Screen screen =
        new Screen(new PrintWriter(out), new PrintWriter(err), colored, live, width, Marks.UNICODE);
    int code = CommandLineInterface.run(surroundings(screen), words);
    return new Run(code, out.toString(), err.toString());
  }

  Surroundings surroundings(PrintWriter out, PrintWriter err, boolean colored, boolean live) {
    return surroundings(new Screen(out, err, colored, live, USUAL_WIDTH, Marks.UNICODE));
  }

  private Surroundings surroundings(Screen screen) {
    return new Surroundings(new Installation(root, LIBRARY, null), root, places(), screen);
  }

  static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
