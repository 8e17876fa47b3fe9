package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.prove.KillMatrix;
import org.katagrade.grader.prove.Proof;
import org.katagrade.grader.prove.ProveOptions;
import org.katagrade.grader.prove.Prover;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grade prove}: tests the katas themselves. */
@Command(
    name = "prove",
    sortOptions = false,
    description = "Test the katas themselves: stub, reference and every known mistake.")
final class ProveCommand implements Callable<Integer> {

  private static final int TIMES_IF_LONG = 5;

  private final Surroundings surroundings;

  @Parameters(paramLabel = "KATA", description = "The katas to prove; all of them if none is said.")
  private final List<String> katas = new ArrayList<>();

  @Option(
      names = "--long",
      description = "Five times each, every check on every mistake, and write the kill matrix.")
  private boolean thorough;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often each, with another seed each time (1, and 5 with --long).")
  private @Nullable Integer times;

  @Option(
      names = "--only",
      paramLabel = "CHECK",
      description = "The mistakes of this check alone, such as race.")
  private @Nullable String only;

  @Option(names = "--jobs", paramLabel = "N", description = "How many gradings at once.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  ProveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Course all = course.in(surroundings);
    List<Kata> wanted = katas.isEmpty() ? all.katas() : katas.stream().map(all::find).toList();
    Prover prover =
        new Prover(
            surroundings.grader(List.of()),
            surroundings.kataCompiler(),
            surroundings.installation().trusted());
    ProveOptions options = options();
    ProofPrinter printer = new ProofPrinter(surroundings.screen(), only);
    boolean hold = true;
    for (Kata kata : wanted) {
      Proof proof = prover.prove(kata, options, printer);
      printer.proven(kata, proof);
      hold &= proof.holds();
      if (thorough) {
        KillMatrix.write(kata, proof);
      }
    }
    return hold ? ExitCode.FULL : ExitCode.BELOW;
  }

  private ProveOptions options() {
    if (thorough && only != null) {
      throw new UsageException("--long writes the matrix of all checks, so it takes no --only");
    }
    int often = times == null ? (thorough ? TIMES_IF_LONG : 1) : times;
    if (often < 1) {
      throw new UsageException("--times must be 1 or more, not " + often);
    }
    return new ProveOptions(often, thorough, only, Math.max(1, jobs));
  }
}
