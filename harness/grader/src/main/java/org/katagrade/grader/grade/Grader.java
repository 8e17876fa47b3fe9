package org.katagrade.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.katagrade.agent.explore.Token;
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
import org.katagrade.grader.surface.Refusal;
import org.katagrade.grader.surface.Surface;

/**
 * Grades submissions: compiles, looks at the classes, runs the checks, adds up. Never loads a class
 * of a submission. Safe for use by many threads.
 */
public final class Grader {

  /** What the compiler says of a name that it would know from the right package. */
  private static final List<String> FOLLOWING =
      List.of("cannot find symbol", "method does not override or implement");

  private final Jvm jvm;
  private final KataCompiler katas;
  private final String version;

  public Grader(Jvm jvm, KataCompiler katas, String version) {
    this.jvm = jvm;
    this.katas = katas;
    this.version = version;
  }

  /**
   * Grades the work in a folder. Of a stub nothing but the quick lanes is run, if nothing passes
   * there.
   */
  public Grade grade(Kata kata, Path folder, GradeOptions asked, GradeListener listener)
      throws IOException, InterruptedException {
    return grade(kata, folder, asked, listener, true);
  }

  /** Grades the work in a folder in every lane, though it be a stub. */
  public Grade gradeWhole(Kata kata, Path folder, GradeOptions asked, GradeListener listener)
      throws IOException, InterruptedException {
    return grade(kata, folder, asked, listener, false);
  }

  private Grade grade(
      Kata kata, Path folder, GradeOptions asked, GradeListener listener, boolean sparing)
      throws IOException, InterruptedException {
    return switch (takeIn(kata, folder, asked)) {
      case Intake.Refused(Grade grade) -> grade;
      case Intake.Taken work -> graded(work, listener, sparing);
    };
  }

  /**
   * Runs the check of a token once more, under the schedule of the token.
   *
   * @return a grade of that check and, if threads raced for data in that run, of freedom from races
   */
  public Grade replay(Kata kata, Path folder, Token token)
      throws IOException, InterruptedException {
    GradeOptions options = new GradeOptions(false, token.check(), 1, token.seed(), List.of(), true);
    Intake intake = takeIn(kata, folder, options);
    if (intake instanceof Intake.Refused(Grade grade)) {
      return grade;
    }
    Intake.Taken work = (Intake.Taken) intake;
    if (work.declared().find(token.check()).filter(DeclaredCheck::explored).isEmpty()) {
      throw new UsageException(
          "%s has no check '%s' that is explored".formatted(kata.id(), token.check()));
    }
    Replay replay = new Replay(jvm, work.subject(), token);
    replay.run();
    return work.paper()
        .graded(
            false,
            fingerprint(work.subject().theirs()),
            replay.results(),
            List.of(),
            "",
            work.watch().timing());
  }

  /** What came of reading and compiling some work. */
  private sealed interface Intake {

    /** It cannot be run. */
    record Refused(Grade grade) implements Intake {}

    /** It can. */
    record Taken(
        Subject subject,
        DeclaredChecks declared,
        GradeOptions options,
        Errand errand,
        Declarations declarations,
        Paper paper,
        Stopwatch watch,
        Standbys standbys)
        implements Intake {}
  }

  private Intake takeIn(Kata kata, Path folder, GradeOptions asked)
      throws IOException, InterruptedException {
    Stopwatch watch = new Stopwatch(System.nanoTime());
    Submission submission = Sources.submission(folder);
    CompiledKata compiled = katas.compile(kata);
    DeclaredChecks declared = CheckReader.read(compiled.hidden());
    String only = asked.only();
    GradeOptions options = only == null ? asked : asked.withOnly(declared.idOf(only));
    Paper paper =
        new Paper(kata, submission, compiled, declared, options, version, jvm.sandbox().level());

    List<Problem> problems = new ArrayList<>();
    submission.defects().forEach(defect -> problems.add(Problem.general(defect)));
    if (!problems.isEmpty()) {
      return new Intake.Refused(paper.rejected(problems, watch.timing()));
    }
    Errand errand = Errand.of(declared, options);
    Standbys standbys = Standbys.of(jvm, kata.packageName(), errand, options.jobs());
    boolean taken = false;
    try {
      Compilation compilation =
          Compiler.compile(submission.sources(), compiled.contract(), options.libraries());
      watch.compiled();
      if (compilation.failed()) {
        problems.addAll(shadowing(submission, compiled));
        problems.addAll(unimplemented(kata, submission, compiled));
        problems.addAll(told(compilation.errors(), submission, kata.packageName()));
      } else {
        problems.addAll(shapeDefects(kata, submission, compiled, compilation.classes()));
      }
      if (!problems.isEmpty()) {
        return new Intake.Refused(paper.rejected(problems, watch.timing()));
      }
      Surface.Finding surface =
          Surface.look(
              compilation.classes(), compiled.contract(), options.libraries(), declared.allowed());
      if (!surface.refusals().isEmpty()) {
        surface.refusals().forEach(refusal -> problems.add(problem(refusal, submission)));
        return new Intake.Refused(paper.rejected(problems, watch.timing()));
      }
      Subject subject =
          new Subject(
              declared.type(),
              compiled.contract(),
              compiled.hidden(),
              compilation.classes(),
              surface.named(),
              surface.exits());
      taken = true;
      return new Intake.Taken(
          subject, declared, options, errand, new Declarations(submission), paper, watch, standbys);
    } finally {
      if (!taken) {
        standbys.close();
      }
    }
  }

  private Grade graded(Intake.Taken work, GradeListener listener, boolean sparing)
      throws InterruptedException {
    List<ClassBytes> theirs = work.subject().theirs();
    boolean stub = Stub.isAllOf(theirs);
    GradeOptions options = work.options();
    boolean glance = sparing && stub && options.only() == null && !options.quick();
    Errand first = glance ? Errand.of(work.declared(), options.quickly()) : work.errand();
    listener.compiled(first.verdicts(), stub);
    Map<String, LaneResult> results = new ConcurrentHashMap<>();
    StringBuffer printed = new StringBuffer();
    List<Breach> breaches;
    try (Standbys standbys = work.standbys()) {
      Lanes lanes =
          new Lanes(
              jvm, work.subject(), options, listener, results, printed, work.watch(), standbys);
      breaches = lanes.runBeside(first, () -> RuleBook.check(theirs, work.declared().forbidden()));
      if (glance && anyPassed(results)) {
        // It does more than it looks like.
        results.clear();
        printed.setLength(0);
        lanes.runBeside(work.errand(), () -> true);
      } else if (glance) {
        work.declared()
            .ids()
            .forEach(id -> results.putIfAbsent(id, new LaneResult(Verdict.NotReached.BY_ANY, 0)));
      }
    }
    return work.paper()
        .graded(
            stub,
            fingerprint(theirs),
            results,
            breaches.stream().map(work.declarations()::located).toList(),
            printed.toString(),
            work.watch().timing());
  }

  private static boolean anyPassed(Map<String, LaneResult> results) {
    return results.values().stream().anyMatch(result -> result.verdict() instanceof Verdict.Passed);
  }

  /**
   * Files that stand where the contract or a check does, which is why others do not compile. Of one
   * that compiles, {@link Shape} tells.
   */
  private static List<Problem> shadowing(Submission submission, CompiledKata compiled) {
    Set<String> given =
        compiled.given().stream()
            .map(type -> type.name().replace('.', '/') + ".java")
            .collect(Collectors.toSet());
    return submission.sources().stream()
        .map(SourceFile::path)
        .filter(given::contains)
        .map(
            path ->
                new Problem(path, 0, 0, "expected no file of yours of that name: it is given", ""))
        .toList();
  }

  /**
   * A solution whose head names nothing that it could be a kind of: nothing it says it overrides is
   * found then, which the compiler says once for each method.
   */
  private static List<Problem> unimplemented(
      Kata kata, Submission submission, CompiledKata compiled) {
    Pattern bare = Pattern.compile("\\bclass\\s+Solution\\s*\\{");
    List<String> expected = Shape.expectedBy(kata.packageName(), compiled.given()).types();
    for (SourceFile source : submission.sources()) {
      Matcher head = bare.matcher(source.text());
      if (source.name().equals("Solution.java") && !expected.isEmpty() && head.find()) {
        long line = source.text().substring(0, head.end()).lines().count();
        return List.of(
            new Problem(
                source.path(),
                line,
                0,
                "expected Solution to be a %s, but it is not".formatted(expected.getFirst()),
                source.line(line)));
      }
    }
    return List.of();
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
      String found = source.packageName();
      boolean misplaced = !found.equals(expected) && !found.startsWith(expected + ".");
      if (misplaced && !following.isEmpty()) {
        long line = source.packageLine();
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

  /** Four digits that tell one program from another. */
  private static String fingerprint(List<ClassBytes> classes) {
    SortedMap<String, byte[]> byName = new TreeMap<>();
    classes.forEach(type -> byName.put(type.name(), type.bytes()));
    return Token.fingerprint(byName);
  }

  private static List<Problem> shapeDefects(
      Kata kata, Submission submission, CompiledKata compiled, List<ClassBytes> theirs) {
    return Shape.expectedBy(kata.packageName(), compiled.given()).defects(theirs).stream()
        .map(defect -> problem(defect, submission))
        .toList();
  }

  private static Problem problem(Refusal refusal, Submission submission) {
    int line = Math.max(0, refusal.at().line());
    return new Declarations(submission)
        .source(refusal.at())
        .map(source -> new Problem(source.path(), line, 0, refusal.sentence(), source.line(line)))
        .orElseGet(() -> Problem.general(refusal.sentence()));
  }

  private static Problem problem(ShapeDefect defect, Submission submission) {
    Frame at = defect.at();
    if (at == null) {
      return Problem.general(defect.sentence());
    }
    return new Declarations(submission)
        .source(at)
        .map(
            source -> {
              int line = Declarations.ofType(source, at);
              return new Problem(
                  source.path(), Math.max(0, line), 0, defect.sentence(), source.line(line));
            })
        .orElseGet(() -> Problem.general(defect.sentence()));
  }
}
