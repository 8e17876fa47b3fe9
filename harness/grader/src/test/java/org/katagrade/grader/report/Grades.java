package org.katagrade.grader.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Operation;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.Step;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.rules.Breach;

/** Grades made by hand, one for each verdict, of one small submission. */
final class Grades {

  private static final String SOURCE =
      """
      package kata04;

      public final class Solution implements Bank {
        private long total;

        public void deposit(long cents) {
          total += cents;
        }

        public void transfer(Account from, Account to) {
          from.lock.lock();
          try {
            to.lock.lock();
            try {
              move(from, to);
            } finally {
              to.lock.unlock();
            }
          } finally {
            from.lock.unlock();
          }
        }

        public synchronized void await() throws InterruptedException {
          while (total == 0) {
            wait();
          }
        }

        public void start() {
          new Thread(this::run).start();
        }
      }
      """;

  static final SourceLines LINES =
      SourceLines.of(
          List.of(new SourceFile(Path.of("Solution.java"), "kata04/Solution.java", SOURCE)));

  private static final Frame CROWD =
      new Frame("org.katagrade.checks.Crowd", "run", "Crowd.java", 72);

  private Grades() {}

  static Frame at(String method, int line) {
    return new Frame("kata04.Solution", method, "Solution.java", line);
  }

  private static Frame check(int line) {
    return new Frame("kata04.BankChecks", "total", "BankChecks.java", line);
  }

  /** A grade of one check that passed and one with this verdict. */
  static Grade with(Verdict verdict) {
    return of(check("movesMoney", "money moves", 40, new Verdict.Passed()), check(verdict));
  }

  static CheckGrade check(Verdict verdict) {
    int points = 60;
    int earned = verdict instanceof Verdict.Passed ? points : 0;
    return new CheckGrade(
        "keeps",
        "the promise is kept",
        "Think.",
        points,
        earned,
        false,
        "plain",
        120,
        120,
        verdict,
        null,
        null);
  }

  static CheckGrade check(String id, String title, int points, Verdict verdict) {
    int earned = verdict instanceof Verdict.Passed ? points : 0;
    return new CheckGrade(
        id, title, "", points, earned, false, "plain", 20, 20, verdict, null, null);
  }

  static CheckGrade withToken(String token) {
    Exploration exploration = new Exploration(1, null);
    return new CheckGrade(
        "keeps",
        "the promise is kept",
        "",
        40,
        0,
        false,
        "agent",
        20,
        20,
        wrong(),
        token,
        exploration);
  }

  static Grade of(CheckGrade... checks) {
    return graded(Arrays.asList(checks), List.of(), List.of(), "");
  }

  static Grade graded(
      List<CheckGrade> checks, List<Problem> rejected, List<Breach> advice, String printed) {
    return graded(false, checks, rejected, advice, printed);
  }

  private static Grade graded(
      boolean stub,
      List<CheckGrade> checks,
      List<Problem> rejected,
      List<Breach> advice,
      String printed) {
    return new Grade(
        "kata-04",
        "Bank transfer",
        "work/ann",
        new Grade.Versions("1.0", "25.0.1", "1a2b3c", 1, 7, List.of()),
        rejected,
        stub,
        checks,
        advice,
        printed,
        new Grade.Timing(210, 30, 900, 700, 1400, 2540));
  }

  static Breach breach(String sentence, boolean costsPoints, int line) {
    return new Breach("some-rule", sentence, null, costsPoints, at("transfer", line));
  }

  /** One verdict of each kind, by name. */
  static Map<String, Verdict> verdicts() {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (Verdict verdict :
        List.of(
            new Verdict.Passed(),
            wrong(),
            thrown(),
            notLinearizable(),
            deadlock(),
            lockLeftBehind(),
            hungHistory(),
            lostWakeup(),
            livelock(),
            new Verdict.Overran("it used its 10 s of processor time", standing()),
            new Verdict.Died("it called System.exit(0)", null),
            new Verdict.Died(
                "the stack overflowed", failure("java.lang.StackOverflowError", "null", false)),
            leak(),
            ruleBroken(),
            new Verdict.NotReached(List.of("movesMoney", "refusesNonsense")),
            new Verdict.NotRun("left out by --quick"),
            new Verdict.HarnessFault("the child could not be started"),
            dataRace())) {
      String name = verdict.name();
      verdicts.put(verdicts.containsKey(name) ? name + verdicts.size() : name, verdict);
    }
    return verdicts;
  }

  private static Failure failure(String type, String message, boolean assertion) {
    return new Failure(
        type, message, null, null, "crowd-1-1", List.of(at("deposit", 7)), check(31), assertion);
  }

  static Verdict wrong() {
    return new Verdict.Wrong(
        new Failure(
            "org.opentest4j.AssertionFailedError",
            "[the total after two deposits] \nexpected: 70L\n but was: 30L",
            "70L",
            "30L",
            "check",
            List.of(),
            check(31),
            true));
  }

  static Verdict wrong(String message) {
    return new Verdict.Wrong(failure("java.lang.AssertionError", message, true));
  }

  static Verdict wrongInManyLines() {
    return new Verdict.Wrong(
        failure(
            "java.lang.AssertionError",
            "\nExpecting actual:\n  [1, 2]\nto contain exactly (and in same order):\n  [2, 1]\n\n",
            true));
  }

  static Verdict thrown() {
    return new Verdict.Wrong(
        failure("java.lang.IllegalMonitorStateException", "current thread is not owner", false));
  }

  static Grade untouched() {
    return graded(true, List.of(check(wrong())), List.of(), List.of(), "");
  }

  /** One thread of a crowd waits in the submission, and between others of it some in the JDK. */
  static Verdict manyInTheJdk() {
    List<ThreadSnapshot> threads = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      boolean theirs = number == 1 || number == 5;
      threads.add(
          new ThreadSnapshot(
              "crowd-1-" + number,
              false,
              Thread.State.WAITING,
              new Waiting(Waiting.How.PARKED, null, null),
              !theirs,
              List.of(),
              theirs ? List.of(at("await", 26)) : List.of(CROWD)));
    }
    return new Verdict.LostWakeup(new Standstill(threads, List.of(), 1500));
  }

  static Verdict notLinearizable() {
    Frame read = at("deposit", 7);
    return new Verdict.NotLinearizable(
        new History(
            List.of(),
            List.of(
                List.of(new Operation("deposit(1)", "1")),
                List.of(new Operation("deposit(2)", "2"))),
            List.of(new Operation("total()", "1")),
            List.of(
                new Step(1, "deposit(2): 2", null),
                new Step(1, "bank.deposit(2): 2", check(90)),
                new Step(1, "total ➜ 0", read),
                new Step(1, "switch", null),
                new Step(0, "deposit(1): 1", null),
                new Step(0, "total ➜ 0", read),
                new Step(0, "total = 1", read),
                new Step(1, "total = 2", read)),
            List.of(
                "none of the 2 possible orders gives these results",
                "after deposit(2), deposit(1) would give 3, not 1")));
  }

  /** A deposit that reads the total without the lock, beside one that writes it with. */
  static Verdict dataRace() {
    HeldLock lock =
        new HeldLock(new Lock("java.util.concurrent.locks.ReentrantLock", 1), at("deposit", 7));
    return new Verdict.DataRace(
        List.of(
            new DataRace(
                "Solution$Account.balance",
                new DataRace.Access(
                    true, "crowd-1-1", List.of(at("deposit", 7), CROWD), List.of(lock)),
                new DataRace.Access(false, "check", List.of(at("deposit", 11), CROWD), List.of())),
            new DataRace(
                "java.util.HashMap",
                new DataRace.Access(true, "crowd-1-1", List.of(at("deposit", 7)), List.of()),
                new DataRace.Access(false, "crowd-1-2", List.of(at("deposit", 13)), List.of()))));
  }

  static Verdict livelock() {
    return new Verdict.Livelock("an operation did not end within 10 rounds of a loop", hung());
  }

  static Verdict hungHistory() {
    return new Verdict.Deadlock(new Standstill(List.of(), List.of(), 0), hung());
  }

  private static History hung() {
    return new History(
        List.of(new Operation("open()", "void")),
        List.of(
            List.of(new Operation("transfer(1, 2)", "did not end")),
            List.of(new Operation("transfer(2, 1)", "did not end"))),
        List.of(),
        List.of(
            new Step(0, "transfer(1, 2): <hung>", null),
            new Step(0, "from.lock.lock()", at("transfer", 11)),
            new Step(0, "switch", null),
            new Step(1, "transfer(2, 1): <hung>", null),
            new Step(1, "from.lock.lock()", at("transfer", 11)),
            new Step(1, "to.lock.lock()", at("transfer", 13)),
            new Step(0, "to.lock.lock()", at("transfer", 13))),
        List.of());
  }

  private static ThreadSnapshot waiting(
      String name, Waiting waiting, List<HeldLock> holds, Frame at) {
    return new ThreadSnapshot(
        name, false, Thread.State.WAITING, waiting, false, holds, List.of(CROWD, at, CROWD));
  }

  private static ThreadSnapshot transferring(String name, int holds, int wants, String holder) {
    String type = "java.util.concurrent.locks.ReentrantLock";
    return waiting(
        name,
        new Waiting(Waiting.How.LOCK, new Lock(type, wants), holder),
        List.of(new HeldLock(new Lock(type, holds), null)),
        at("transfer", 13));
  }

  static Verdict deadlock() {
    return new Verdict.Deadlock(
        new Standstill(
            List.of(
                transferring("crowd-1-1", 1, 2, "crowd-1-2"),
                transferring("crowd-1-2", 2, 1, "crowd-1-1")),
            List.of(),
            157),
        null);
  }

  /** Two threads in a circle of monitors; of what the second holds the line is not known. */
  static Verdict monitorsInACircle() {
    Frame unknown = at("transfer", Frame.NO_LINE);
    return new Verdict.Deadlock(
        new Standstill(
            List.of(
                entering("crowd-1-1", 1, at("transfer", 11), 2, "crowd-1-2"),
                entering("crowd-1-2", 2, unknown, 1, "crowd-1-1")),
            List.of(),
            157),
        null);
  }

  private static ThreadSnapshot entering(
      String name, int held, Frame takenAt, int wanted, String holder) {
    String type = "kata04.Solution$Account";
    return waiting(
        name,
        new Waiting(Waiting.How.MONITOR, new Lock(type, wanted), holder),
        List.of(new HeldLock(new Lock(type, held), takenAt)),
        at("transfer", 13));
  }

  static Verdict lockLeftBehind() {
    Waiting waiting =
        new Waiting(Waiting.How.MONITOR, new Lock("kata04.Solution$Account", 1), "crowd-1-3");
    return new Verdict.Deadlock(
        new Standstill(
            List.of(
                waiting("crowd-1-1", waiting, List.of(), at("deposit", 7)),
                waiting("crowd-1-2", waiting, List.of(), at("deposit", 7))),
            List.of("crowd-1-3"),
            157),
        null);
  }

  static Verdict lockedOut(Class<?> type) {
    Waiting waiting = new Waiting(Waiting.How.LOCK, new Lock(type.getName(), 1), null);
    return new Verdict.Deadlock(
        new Standstill(
            List.of(waiting("crowd-1-1", waiting, List.of(), at("deposit", 7))), List.of(), 157),
        null);
  }

  private static Standstill standing() {
    Waiting waiting = new Waiting(Waiting.How.NOTIFICATION, new Lock("kata04.Solution", 1), null);
    return new Standstill(
        List.of(
            waiting("crowd-1-1", waiting, List.of(), at("await", 26)),
            waiting("crowd-1-2", waiting, List.of(), at("await", 26))),
        List.of(),
        1530);
  }

  static Verdict lostWakeup() {
    return new Verdict.LostWakeup(standing());
  }

  static Verdict leak() {
    return new Verdict.LeftBehind(
        new Leak(
            "expected every thread to have ended, but 2 had not",
            List.of(
                new LeakedThread(
                    "Thread-0",
                    false,
                    false,
                    List.of(at("lambda$start$0", 31)),
                    List.of(at("start", 31), check(40))),
                new LeakedThread("pool-1-thread-1", true, true, List.of(CROWD), List.of())),
            List.of("connection 3")));
  }

  static Verdict ruleBroken() {
    return new Verdict.RuleBroken(List.of(breach("nobody locks on a boxed value", true, 11)));
  }

  static String onTerminal(Grade grade, Style style, Marks marks, @Nullable String confidence) {
    StringWriter text = new StringWriter();
    new TerminalReport(style, marks)
        .write(grade, LINES, Optional.ofNullable(confidence), "", new PrintWriter(text));
    return text.toString();
  }

  /** As a student sees it, without colours, 80 columns wide. */
  static String onTerminal(Grade grade) {
    return onTerminal(grade, new Style(false, 80, false, false), Marks.UNICODE, null);
  }

  /** What is told of one check that failed, after its heading. */
  static String told(Verdict verdict) {
    String text = onTerminal(with(verdict));
    int heading = text.indexOf("───");
    return text.substring(text.indexOf("\n\n", heading) + 2).stripTrailing().stripIndent() + "\n";
  }
}
