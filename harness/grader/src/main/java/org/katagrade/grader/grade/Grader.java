package org.katagrade.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.Compilation;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.Compiler;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Subject;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Sources;
import org.katagrade.grader.kata.Submission;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.rules.Breach;
import org.katagrade.grader.rules.RuleBook;
import org.katagrade.grader.rules.Shape;
import org.katagrade.grader.rules.ShapeDefect;
import org.katagrade.grader.rules.Stub;

/**
 * Grades submissions: compiles, looks at the classes, runs the checks, adds up. Never loads a class
 * of a submission. Safe for use by many threads.
 */
public final class Grader {

  /** What the compiler says of a name that it would know from the right package. */
  private static final List<String> FOLLOWING =
      List.of("cannot find symbol", "method does not override or implement");

  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

  private final Jvm jvm;
  private final KataCompiler katas;
  private final String version;

  public Grader(Jvm jvm, KataCompiler katas, String version) {
    this.jvm = jvm;
    this.katas = katas;
    this.version = version;
  }

  /** Grades the work in a folder. */
  public Grade grade(Kata kata, Path folder, GradeOptions asked, GradeListener listener)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Submission submission = Sources.submission(folder);
    CompiledKata compiled = katas.compile(kata);
    DeclaredChecks declared = CheckReader.read(compiled.hidden());
    String only = asked.only();
    GradeOptions options = only == null ? asked : asked.withOnly(declared.idOf(only));
    Stopwatch watch = new Stopwatch(start);
    Paper paper = new Paper(kata, submission, compiled, declared, options, version);

    List<Problem> problems = new ArrayList<>();
    submission.defects().forEach(defect -> problems.add(Problem.general(defect)));
    if (!problems.isEmpty()) {
      return paper.rejected(problems, watch.timing());
    }
    Compilation compilation =
        Compiler.compile(submission.sources(), compiled.contract(), options.libraries());
    if (compilation.failed()) {
      watch.compiled();
      return paper.rejected(
          told(compilation.errors(), submission, kata.packageName()), watch.timing());
    }
    List<ClassBytes> theirs = compilation.classes();
    watch.compiled();
    List<Problem> defects = shapeDefects(kata, submission, compiled, theirs);
    if (!defects.isEmpty()) {
      return paper.rejected(defects, watch.timing());
    }
    Errand errand = errand(declared, options);
    listener.compiled(errand.verdicts());
    Subject subject = new Subject(declared.type(), compiled.contract(), compiled.hidden(), theirs);
    Map<String, LaneResult> results = new ConcurrentHashMap<>();
    StringBuffer printed = new StringBuffer();
    Lanes lanes = new Lanes(jvm, subject, options, listener, results, printed, watch);
    List<Breach> breaches =
        lanes.runBeside(errand, () -> RuleBook.check(theirs, declared.forbidden()));
    return paper.graded(
        Stub.isAllOf(theirs), results, breaches, printed.toString(), watch.timing());
  }

  /**
   * What the compiler says, with the cause of what follows from a wrong package: nothing of the
   * contract is found from there, which the compiler says once for each use.
   */
  private static List<Problem> told(List<Problem> errors, Submission submission, String expected) {
    List<Problem> told = new ArrayList<>();
    List<Problem> rest = new ArrayList<>(errors);
    for (SourceFile source : submission.sources()) {
      List<Problem> following =
          errors.stream()
              .filter(error -> error.path().equals(source.path()))
              .filter(error -> FOLLOWING.stream().anyMatch(error.message()::startsWith))
              .toList();
      Matcher declared = PACKAGE.matcher(source.text());
      String found = declared.find() ? declared.group(1) : "";
      boolean misplaced = !found.equals(expected) && !found.startsWith(expected + ".");
      if (misplaced && !following.isEmpty()) {
        long line =
            found.isEmpty() ? 0 : source.text().substring(0, declared.end(1)).lines().count();
        told.add(
            new Problem(
                source.path(),
                line,
                0,
                "the file says %s; it must be %s"
                    .formatted(found.isEmpty() ? "no package" : "package " + found, expected),
                source.line(line)));
        rest.removeAll(following);
      }
    }
    told.addAll(rest);
    return told;
  }

  private static List<Problem> shapeDefects(
      Kata kata, Submission submission, CompiledKata compiled, List<ClassBytes> theirs) {
    List<ClassBytes> ours =
        Stream.concat(compiled.contract().stream(), compiled.hidden().stream()).toList();
    return Shape.expectedBy(kata.packageName(), ours).defects(theirs).stream()
        .map(defect -> problem(defect, submission))
        .toList();
  }

  private static Problem problem(ShapeDefect defect, Submission submission) {
    Frame at = defect.at();
    if (at == null) {
      return Problem.general(defect.sentence());
    }
    String suffix = String.valueOf(at.file());
    return submission.sources().stream()
        .filter(source -> source.path().endsWith(suffix))
        .findFirst()
        .map(
            source ->
                new Problem(
                    source.path(),
                    Math.max(0, at.line()),
                    0,
                    defect.sentence(),
                    source.line(at.line())))
        .orElseGet(() -> Problem.general(defect.sentence()));
  }

  private static Errand errand(DeclaredChecks declared, GradeOptions options) {
    List<DeclaredCheck> plain = declared.checks().stream().filter(check -> !check.model()).toList();
    List<DeclaredCheck> agent = declared.race() > 0 && !options.quick() ? plain : List.of();
    if (DeclaredCheck.RACE.equals(options.only())) {
      return new Errand(List.of(), agent, List.of());
    }
    List<DeclaredCheck> wanted = wanted(declared, options);
    return new Errand(
        wanted.stream().filter(check -> !check.model()).toList(),
        options.only() == null ? agent : List.of(),
        wanted.stream().filter(DeclaredCheck::model).toList());
  }

  private static List<DeclaredCheck> wanted(DeclaredChecks declared, GradeOptions options) {
    String only = options.only();
    if (only == null) {
      return declared.checks().stream()
          .filter(check -> !(options.quick() && check.model()))
          .toList();
    }
    DeclaredCheck check =
        declared
            .find(only)
            .orElseThrow(
                () ->
                    new UsageException(
                        "there is no check '"
                            + only
                            + "'; there are "
                            + String.join(", ", declared.ids())));
    return declared.checks().stream()
        .filter(each -> each.equals(check) || check.needs().contains(each.id()))
        .toList();
  }
}
