package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.Compiler;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Subject;
import org.katagrade.grader.fork.Training;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.Sources;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.report.Marks;
import org.katagrade.grader.report.Style;
import org.katagrade.grader.surface.Surface;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code grade warm-up FILE}: what the launcher runs once, so that later starts are fast. It makes
 * what children start faster with, and walks the ways of a usual grading while the JVM that runs it
 * is recorded for an archive of its own.
 */
@Command(name = "warm-up", hidden = true, description = "Make later starts fast.")
final class WarmUpCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "Where to write the archive for children.")
  private String archive = "";

  WarmUpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Course course = surroundings.course(null);
    Kata kata =
        course.katas().stream()
            .findFirst()
            .orElseThrow(() -> new UsageException("there is no kata to warm up with"));
    Path work = Files.isDirectory(kata.reference()) ? kata.reference() : kata.folder();
    Path file = surroundings.resolve(archive);
    Jvm jvm = surroundings.installation().trusted();
    trainChild(jvm, kata, work, file);
    Training.weave(jvm, Jvm.wovenBeside(file));
    for (boolean races : List.of(true, false)) {
      Training.weaveAhead(jvm, Jvm.keptBeside(file, races), races);
    }
    Screen nobody = nobody();
    new KataTable(course, surroundings.scores()).print(nobody);
    GradeOptions usual = GradeOptions.usual();
    GradeOptions quick = new GradeOptions(true, null, usual.jobs(), usual.seed(), List.of(), false);
    Reports reports = new Reports(new Style(false, nobody.width(), false, false), null, null, -1);
    new Grading(course, kata, work, quick, reports).run(surroundings.speakingTo(nobody));
    return ExitCode.FULL;
  }

  private void trainChild(Jvm jvm, Kata kata, Path work, Path file)
      throws IOException, InterruptedException {
    CompiledKata compiled = surroundings.kataCompiler().compile(kata);
    DeclaredChecks declared = CheckReader.read(compiled.hidden());
    List<String> plain =
        declared.checks().stream().filter(check -> !check.model()).map(DeclaredCheck::id).toList();
    List<ClassBytes> theirs =
        Compiler.compile(Sources.submission(work).sources(), compiled.contract(), List.of())
            .classes();
    Subject subject =
        new Subject(
            declared.type(),
            compiled.contract(),
            compiled.hidden(),
            theirs,
            Surface.look(theirs, compiled.contract(), List.of(), declared.allowed()).named(),
            false);
    Training.run(jvm, subject, plain, file);
  }

  private static Screen nobody() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Screen(nowhere, nowhere, true, true, 80, Marks.UNICODE);
  }
}
