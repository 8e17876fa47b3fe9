package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grade KATA [DIR]}: grades work. */
@Command(
    name = "grade",
    versionProvider = Version.class,
    sortOptions = false,
    sortSynopsis = false,
    subcommandsRepeatable = false,
    description = "Grades solutions of concurrency katas.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  grade kata-04                 grade the work in the kata's own folder",
      "  grade kata-04 ~/bank          grade the work in another folder",
      "  grade kata-04 --quick         leave out the slow checks",
      "  grade kata-04 --only race     run one check and what it needs",
      "  grade start kata-04 ~/bank    copy what is needed to work elsewhere",
      "  grade watch kata-04           grade again whenever a file is saved",
      "",
      "Exit codes: 0 full marks, 1 below, 2 usage, 3 incomplete.",
      "With --quick or --only, 0 says that what was run got full marks. With",
      "--fail-under N, 0 says that the score is N or more, whatever was run."
    })
final class GradeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KATA",
      description = "The kata: kata-04, 4 or bank-transfer.")
  private @Nullable String kata;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder with the work; the kata's own folder if it is not said.")
  private @Nullable String folder;

  @Parameters(index = "2..*", hidden = true)
  private List<String> more = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ReportOptions report = new ReportOptions();
  @Mixin private final CourseOption course = new CourseOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of grader and JDK.")
  private boolean version;

  GradeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (kata == null) {
      throw new UsageException("which kata? 'grade list' shows them, 'grade --help' says more");
    }
    Course found = course.in(surroundings);
    Kata wanted = found.find(kata, commands());
    if (!more.isEmpty()) {
      throw new UsageException(
          "a kata and a folder are enough; what is '" + more.getFirst() + "'?");
    }
    Path work = folder == null ? wanted.folder() : surroundings.resolve(folder);
    return new Grading(found, wanted, work, run.in(surroundings), report.in(surroundings))
        .run(surroundings);
  }

  /** What could have been typed in the place of a kata. */
  private List<String> commands() {
    return Objects.requireNonNull(spec).subcommands().entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }
}
