package org.katagrade.grader.fork;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.checks.wire.Program;
import org.katagrade.checks.wire.Task;

/** A solution that is known to be wrong, as a child is given it among its tasks. */
final class Canary {

  /** The package of its classes, which the agent has to watch too. */
  static final String PACKAGE = "org.katagrade.grader.canary";

  static final Program PROGRAM =
      new Program(
          PACKAGE + ".TallyChecks",
          false,
          List.of(read("Tally")),
          List.of(read("TallyChecks")),
          List.of(read("Solution")),
          List.of());

  private Canary() {}

  /**
   * A check that it does not pass.
   *
   * @param program its number in the job
   * @param woven whether it is for a child with the agent
   * @param explored whether to have it explored there
   */
  static Task task(int program, boolean woven, boolean explored) {
    return new Task(Series.token(), program, woven ? "countsInTwoThreads" : "clears", explored);
  }

  private static ClassBytes read(String simpleName) {
    String name = PACKAGE + "." + simpleName;
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = Canary.class.getResourceAsStream(file)) {
      return new ClassBytes(name, Objects.requireNonNull(in, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }
}
