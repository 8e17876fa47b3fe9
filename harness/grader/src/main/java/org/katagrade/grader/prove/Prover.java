package org.katagrade.grader.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Limits;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.GradeListener;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.grade.Grader;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;

/**
 * Finds out whether a kata holds: its sample test passes, its stub scores nothing, its reference
 * everything, and each of its mutants is caught by the check and with the verdict that its path
 * names.
 */
public final class Prover {

  private final Grader grader;
  private final KataCompiler compiler;
  private final Jvm jvm;

  /**
   * A prover.
   *
   * @param jvm runs sample tests
   */
  public Prover(Grader grader, KataCompiler compiler, Jvm jvm) {
    this.grader = grader;
    this.compiler = compiler;
    this.jvm = jvm;
  }

  /** Proves one kata. */
  public Proof prove(Kata kata, ProveOptions options, ProveListener listener)
      throws IOException, InterruptedException {
    CompiledKata compiled = compiler.compile(kata);
    DeclaredChecks declared = CheckReader.read(compiled.hidden());
    Anatomy anatomy = new Anatomy(kata, compiled, declared, Mutant.of(kata));
    List<String> faults = new ArrayList<>(anatomy.faults());
    String only = options.only() == null ? null : declared.idOf(options.only());
    List<Mutant> mutants =
        anatomy.runnable().stream()
            .filter(mutant -> only == null || mutant.check().equals(only))
            .toList();
    List<Proof.Fate> fates = new ArrayList<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            options.jobs(), Thread.ofPlatform().name("prove-", 0).factory());
    try {
      List<Future<List<String>>> ground =
          List.of(
              pool.submit(() -> references(kata, options, only)),
              pool.submit(() -> beginnings(kata, compiled)));
      List<Future<Proof.Fate>> running = new ArrayList<>();
      for (Mutant mutant : mutants) {
        Callable<Proof.Fate> task = () -> fate(kata, mutant, options, listener);
        running.add(pool.submit(task));
      }
      for (Future<List<String>> each : ground) {
        faults.addAll(each.get());
      }
      listener.groundProven(kata, faults);
      for (Future<Proof.Fate> each : running) {
        Proof.Fate fate = each.get();
        fates.add(fate);
        if (!fate.caught()) {
          faults.add(survival(fate));
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UsageException usage) {
        throw usage;
      }
      throw new IOException("proving %s: %s".formatted(kata.id(), e.getCause()), e.getCause());
    } finally {
      pool.shutdownNow();
    }
    List<String> ids = new ArrayList<>(declared.checks().stream().map(DeclaredCheck::id).toList());
    if (declared.race() > 0) {
      ids.add(DeclaredCheck.RACE);
    }
    ids.add(DeclaredCheck.RULES);
    return new Proof(kata.id(), compiled.hash(), ids, faults, fates);
  }

  /** What is wrong with a mutant that was not caught as its path says. */
  private static String survival(Proof.Fate fate) {
    String path = fate.path();
    String rejected = fate.verdicts().get(Proof.REJECTED);
    if (rejected != null) {
      return path + " is rejected: " + rejected;
    }
    String other = fate.verdicts().get(fate.check());
    if (other == null) {
      return path + " survives: " + survived(fate);
    }
    return other.equals(fate.verdict())
        ? path + " is caught, but not every time: " + String.join(", ", fate.missed())
        : "%s is caught, but as %s; if that is what it is, move it to %s/%s"
            .formatted(path, other, fate.check(), other);
  }

  private static String survived(Proof.Fate fate) {
    return fate.verdicts().isEmpty()
        ? "%s passes".formatted(fate.check())
        : "%s does not fail, but these do: %s".formatted(fate.check(), fate.verdicts());
  }

  private List<String> references(Kata kata, ProveOptions options, @Nullable String only)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    for (int time = 1; time <= options.times(); time++) {
      faults.addAll(reference(kata, referee(options, only, time, false)));
    }
    if (only == null) {
      faults.addAll(reference(kata, referee(options, null, 1, true)));
    }
    return faults;
  }

  /** What a student finds there: sample test and stub. */
  private List<String> beginnings(Kata kata, CompiledKata compiled)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>(new SampleTest(jvm, kata, compiled).faults());
    faults.addAll(stub(kata));
    return faults;
  }

  private List<String> stub(Kata kata) throws IOException, InterruptedException {
    // The stub is what git holds; work in progress in its place is graded as work, not as stub.
    Grade grade =
        grader.gradeWhole(kata, kata.folder(), GradeOptions.usual(), new GradeListener() {});
    List<String> faults = new ArrayList<>();
    if (grade.isRejected()) {
      faults.add("the stub is rejected: " + grade.rejected().getFirst().message());
    }
    if (grade.score() != 0) {
      faults.add("the stub scores " + grade.score() + ", not 0");
    } else if (!grade.isRejected() && !grade.isUntouched()) {
      faults.add("the stub is not known for one: a method of it does more than throw");
    }
    return faults;
  }

  private static GradeOptions referee(
      ProveOptions options, @Nullable String only, int seed, boolean quick) {
    return new GradeOptions(quick, only, options.jobs(), seed, List.of(), false);
  }

  /**
   * Grades the reference; with {@code --quick} checks that are explored run on real threads too.
   */
  private List<String> reference(Kata kata, GradeOptions how)
      throws IOException, InterruptedException {
    Grade grade = grader.grade(kata, kata.reference(), how, new GradeListener() {});
    List<String> faults = new ArrayList<>();
    if (grade.isRejected()) {
      faults.add("the reference is rejected: " + grade.rejected().getFirst().message());
    }
    for (CheckGrade check : grade.checks()) {
      boolean asked = how.only() == null || check.id().equals(how.only());
      boolean leftOut = how.quick() && check.verdict() instanceof Verdict.NotRun;
      if (!check.passed() && !leftOut && (asked || check.verdict().counts())) {
        faults.add(
            "the reference fails %s: %s; to see how: grade %s %s --only %s --seed %d%s"
                .formatted(
                    check.id(),
                    said(check.verdict()),
                    kata.id(),
                    kata.reference(),
                    check.id(),
                    how.seed(),
                    how.quick() ? " --quick, where checks run on real threads" : ""));
      }
      tooDear(check).ifPresent(faults::add);
    }
    return faults;
  }

  /** What there is to say of a check that a slower machine might stop at its limit. */
  static Optional<String> tooDear(CheckGrade check) {
    Limits limits = check.lane().equals("model") ? Limits.MODEL : Limits.PLAIN;
    return check.dearestMillis() <= limits.cpu().toMillis() / 4
        ? Optional.empty()
        : Optional.of(
            "the reference needs %d ms of processor time for %s, over a quarter of the limit"
                .formatted(check.dearestMillis(), check.id()));
  }

  private Proof.Fate fate(Kata kata, Mutant mutant, ProveOptions options, ProveListener listener)
      throws IOException, InterruptedException {
    boolean caught = true;
    List<Long> millis = new ArrayList<>();
    long cpuMillis = 0;
    int schedules = 0;
    Map<String, String> verdicts = new LinkedHashMap<>();
    List<String> missed = new ArrayList<>();
    for (int time = 1; time <= options.times(); time++) {
      boolean whole = options.matrix() && time == 1;
      GradeOptions how =
          new GradeOptions(false, whole ? null : mutant.check(), 1, time, List.of(), false);
      Grade grade;
      try {
        grade = grader.grade(kata, mutant.folder(), how, new GradeListener() {});
      } catch (UsageException e) {
        throw new UsageException("hidden/mutants/%s: %s".formatted(mutant, e.getMessage()));
      }
      if (grade.isRejected()) {
        Problem problem = grade.rejected().getFirst();
        verdicts.put(
            Proof.REJECTED, problem.path() + ":" + problem.line() + ": " + problem.message());
        caught = false;
      }
      for (CheckGrade check : grade.checks()) {
        if (!check.passed() && check.verdict().counts()) {
          verdicts.put(check.id(), check.verdict().name());
        }
        if (check.id().equals(mutant.check())) {
          cpuMillis = Math.max(cpuMillis, check.cpuMillis());
          Exploration exploration = check.exploration();
          schedules = Math.max(schedules, exploration == null ? 0 : exploration.schedules());
        }
      }
      if (!isCaught(grade, mutant)) {
        caught = false;
        missed.add("seed %d: %s".formatted(time, said(grade, mutant)));
      }
      millis.add(grade.timing().total());
    }
    Proof.Fate fate =
        new Proof.Fate(
            mutant.check(),
            mutant.verdict(),
            mutant.mistake(),
            caught,
            verdicts,
            missed,
            millis.stream().sorted().toList().get(millis.size() / 2),
            cpuMillis,
            schedules);
    listener.judged(kata, fate);
    return fate;
  }

  /** The verdict of the check that should have caught it. */
  private static String said(Grade grade, Mutant mutant) {
    return grade.checks().stream()
        .filter(check -> check.id().equals(mutant.check()))
        .map(CheckGrade::verdict)
        .map(Prover::said)
        .findFirst()
        .orElse("rejected");
  }

  private static String said(Verdict verdict) {
    return verdict instanceof Verdict.HarnessFault(String cause)
        ? verdict.name() + ": " + cause
        : verdict.name();
  }

  private static boolean isCaught(Grade grade, Mutant mutant) {
    return grade.checks().stream()
        .anyMatch(
            check ->
                check.id().equals(mutant.check())
                    && check.verdict().name().equals(mutant.verdict()));
  }
}
