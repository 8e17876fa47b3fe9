package org.katagrade.grader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

class TerminalReportTest {

  @Test
  void theScoreComesFirstAndThenTheFacts() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✓ money moves ·······································  40/40
          ✗ the promise is kept ·······························   0/60  wrong

          40 of 100  in 2.5 s

        ✗ the promise is kept ──────────────────────────────────────────────────── wrong

          looked at   the total after two deposits
          expected    70L
          but was     30L

          hint        Think.

        """,
        Grades.onTerminal(Grades.with(Grades.wrong())));
  }

  @Test
  void aDescriptionMayHaveBrackets() {
    assertEquals(
        """
        looked at   idle, of Stats[maxOpen=1, waiting=0]
        expected an end

        Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(Grades.wrong("[idle, of Stats[maxOpen=1, waiting=0]] \nexpected an end")));
  }

  @Test
  void aLongMessageLosesItsEmptyLines() {
    assertEquals(
        """
        Expecting actual:
          [1, 2]
        to contain exactly (and in same order):
          [2, 1]

        Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(Grades.wrongInManyLines()));
  }

  @Test
  void anExceptionIsShownOnTheStudentsLine() {
    assertEquals(
        """
        expected    no exception
        but         IllegalMonitorStateException: current thread is not owner

        Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(Grades.thrown()));
  }

  @Test
  void aHistoryIsShownInColumns() {
    assertEquals(
        """
        expected    results that these calls give in some order, one after the other
        but         no order gives these:

        thread 1                              thread 2
        deposit(1) → 1                        deposit(2) → 2

        last        total() → 1

        How it came about, from top to bottom, with line numbers:

        thread 1                              thread 2
                                              deposit(2)
                                                reads total: 0                  :7
        deposit(1)
          reads total: 0                  :7
          sets total = 1                  :7
        → 1
                                                sets total = 2                  :7
                                              → 2

        because     none of the 2 possible orders gives these results:
                    after deposit(2), deposit(1) would give 3, not 1

        thread 2 was overtaken within
          Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(Grades.notLinearizable()));
  }

  @Test
  void aDataRaceIsShownFromBothSides() {
    assertEquals(
        """
        expected    something that orders two threads' accesses, a lock or volatile
                    for instance
        but         nothing orders these accesses to Account.balance:

          written     by thread 1, at
                      Solution.java:7 │ total += cents;

          read        by the check's own thread, at
                      Solution.java:11 │ from.lock.lock();

        They hold no lock in common: the first holds ReentrantLock#1, the second none.
        … and 1 more data race

        hint        Think.
        """,
        Grades.told(Grades.dataRace()));
  }

  @Test
  void aDeadlockIsShownThreadByThread() {
    assertEquals(
        """
        expected    every thread to finish
        but         potential deadlock detected: 2 threads wait for each other in a
                    circle

        thread 1, in transfer
          holds       ReentrantLock#1, taken at
                      Solution.java:11 │ from.lock.lock();
          waits for   ReentrantLock#2, held by thread 2, at
                      Solution.java:13 │ to.lock.lock();

        thread 2, in transfer
          holds       ReentrantLock#2, taken at
                      Solution.java:11 │ from.lock.lock();
          waits for   ReentrantLock#1, held by thread 1, at
                      Solution.java:13 │ to.lock.lock();

        suggestion  check the order in which locks are taken; it must be the same in
                    every thread

        hint        Think.
        """,
        Grades.told(Grades.deadlock()));
  }

  @Test
  void aMonitorIsSaidToBeTakenAtALineIfThatIsKnown() {
    assertEquals(
        """
        expected    every thread to finish
        but         potential deadlock detected: 2 threads wait for each other in a
                    circle

        thread 1, in transfer
          holds       Account#1, taken at
                      Solution.java:11 │ from.lock.lock();
          waits for   Account#2, held by thread 2, at
                      Solution.java:13 │ to.lock.lock();

        thread 2, in transfer
          holds       Account#2
          waits for   Account#1, held by thread 1, at
                      Solution.java:13 │ to.lock.lock();

        suggestion  check the order in which locks are taken; it must be the same in
                    every thread

        hint        Think.
        """,
        Grades.told(Grades.monitorsInACircle()));
  }

  @Test
  void aLockWhoseHolderTheJvmDoesNotTellIsNotSaidToBeFree() {
    assertEquals(
        """
        expected    every thread to finish
        but         potential deadlock detected: a thread waits for a lock that nobody
                    will give back; the JVM does not tell who has the read half of one

        thread 1, in deposit
          waits for ReentrantReadWriteLock#1, at
          Solution.java:7 │ total += cents;

        suggestion  a read lock cannot become a write lock: give it back before you
                    take the other

        hint        Think.
        """,
        Grades.told(Grades.lockedOut(ReentrantReadWriteLock.class)));
  }

  @Test
  void aStampedLockIsNotSaidToBeReadOnly() {
    String told = Grades.told(Grades.lockedOut(StampedLock.class));
    assertTrue(told.contains("who has a StampedLock"), told);
    assertTrue(told.contains("suggestion  a StampedLock does not let its holder in again"), told);
    assertFalse(told.contains("read lock") || told.contains("read half"), told);
  }

  @Test
  void aLockLeftBehindNamesWhoLeftIt() {
    assertEquals(
        """
        expected    every thread to finish
        but         potential deadlock detected: thread 3 has left the code that took
                    Account#1 and never released it

        thread 1 and thread 2, in deposit
          wait to enter a synchronized block of Account#1, held by thread 3, at
          Solution.java:7 │ total += cents;

        suggestion  release the lock in a finally block, so that every way out
                    releases it

        hint        Think.
        """,
        Grades.told(Grades.lockLeftBehind()));
  }

  @Test
  void aDeadlockOfAControlledRunShowsItsHistory() {
    assertEquals(
        """
        expected    every call to end
        but         potential deadlock detected: the calls wait for each other for
                    ever

        first       open() → void

        thread 1                              thread 2
        transfer(1, 2) → did not end          transfer(2, 1) → did not end

        How it came about, from top to bottom, with line numbers:

        thread 1                              thread 2
        transfer(1, 2)
          from.lock.lock()               :11
                                              transfer(2, 1)
                                                from.lock.lock()               :11
                                                to.lock.lock()                 :13
                                              → did not end
          to.lock.lock()                 :13
        → did not end

        thread 1 was overtaken between
          Solution.java:11 │ from.lock.lock();
          Solution.java:13 │ to.lock.lock();

        thread 1 does not get past
          Solution.java:13 │ to.lock.lock();

        thread 2 does not get past
          Solution.java:13 │ to.lock.lock();

        suggestion  check the order in which locks are taken; it must be the same in
                    every thread

        hint        Think.
        """,
        Grades.told(Grades.hungHistory()));
  }

  @Test
  void aLostWakeupSaysWhoWaitsWhere() {
    assertEquals(
        """
        expected    every thread to finish
        but         2 threads still wait; nobody holds what they wait for, and nobody
                    is left to wake them: nothing moved for 1.5 s

        thread 1 and thread 2, in await
          wait to be notified on Solution#1, at
          Solution.java:26 │ wait();

        hint        Think.
        """,
        Grades.told(Grades.lostWakeup()));
  }

  @Test
  void aMessageCallsTheThreadsOfACheckByTheirNumbers() {
    assertEquals(
        """
        expected all of 2 threads to finish, but 2 still waited: thread 1 is held at
        the factory, thread 2 is held at the factory; expected thread 1 to wait

        Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(
            Grades.wrong(
                "expected all of 2 threads to finish, but 2 still waited: 'crowd-1-1' is held at"
                    + " the factory, 'crowd-2-1' is held at the factory; expected thread"
                    + " 'crowd-1-1' to wait")));
  }

  @Test
  void whyChecksWereLeftOutIsSaidOnce() {
    Verdict leftOut = new Verdict.NotRun("left out by --quick");
    String text =
        Grades.onTerminal(
            Grades.of(
                Grades.check("a", "nobody waits for ever", 30, leftOut),
                Grades.check("b", "money is neither made nor lost", 30, leftOut),
                Grades.check("c", "no two threads race", 40, new Verdict.NotRun("another"))));
    assertEquals(1, text.lines().filter(line -> line.contains("left out by")).count(), text);
    assertTrue(text.contains("      another\n"), text);
    assertEquals(3, text.lines().filter(line -> line.endsWith("  not run")).count(), text);
  }

  @Test
  void aCommandIsInOneLineHoweverLongSoThatItCanBeCopied() {
    String token = "kata-04.keeps.1." + "0.24-11.2-".repeat(20) + "1.13~1a2b";
    Grade grade = Grades.of(Grades.withToken(token));
    String text = Grades.onTerminal(grade);
    assertTrue(text.contains("\n  see again   grade replay " + token + "\n"), text);
  }

  @Test
  void manyThreadsAreCountedAndAThreadOutsideTheSubmissionStandsNowhere() {
    String text = Grades.told(Grades.manyInTheJdk());
    assertTrue(text.contains("6 threads, among them thread 2 and thread 3\n"), text);
    assertTrue(text.contains("  are parked, with a time limit\n"), text);
  }

  @Test
  void aLivelockSaysWhatItDoesNotGetPast() {
    assertEquals(
        """
        expected    every call to end
        but         an operation did not end within 10 rounds of a loop

        first       open() → void

        thread 1                              thread 2
        transfer(1, 2) → did not end          transfer(2, 1) → did not end

        How it came about, from top to bottom, with line numbers:

        thread 1                              thread 2
        transfer(1, 2)
          from.lock.lock()               :11
                                              transfer(2, 1)
                                                from.lock.lock()               :11
                                                to.lock.lock()                 :13
                                              → did not end
          to.lock.lock()                 :13
        → did not end

        thread 1 was overtaken between
          Solution.java:11 │ from.lock.lock();
          Solution.java:13 │ to.lock.lock();

        thread 1 does not get past
          Solution.java:13 │ to.lock.lock();

        thread 2 does not get past
          Solution.java:13 │ to.lock.lock();

        hint        Think.
        """,
        Grades.told(Grades.livelock()));
  }

  @Test
  void whatOverranShowsWhereTheThreadsStood() {
    assertEquals(
        """
        expected    an end within the limits of a check
        but         it used its 10 s of processor time

        thread 1 and thread 2, in await
          wait to be notified on Solution#1, at
          Solution.java:26 │ wait();

        hint        Think.
        """,
        Grades.told(verdict("Overran")));
  }

  @Test
  void whatDiedSaysOfWhat() {
    assertEquals(
        """
        expected    the program to go on
        but         it called System.exit(0)

        hint        Think.
        """,
        Grades.told(verdict("Died")));
  }

  @Test
  void aStackOverflowShowsTheLine() {
    assertEquals(
        """
        expected    the program to go on
        but         the stack overflowed

        Solution.java:7 │ total += cents;

        hint        Think.
        """,
        Grades.told(verdict("Died11")));
  }

  @Test
  void aLeakSaysWhereItsThreadsWereStarted() {
    assertEquals(
        """
        expected every thread to have ended, but 2 had not

        thread 'Thread-0'
          started in  start, at
                      Solution.java:31 │ new Thread(this::run).start();
          stands in   a lambda in start, at
                      Solution.java:31 │ new Thread(this::run).start();

        virtual thread 'pool-1-thread-1'
          its executor was not shut down

        – connection 3

        hint        Think.
        """,
        Grades.told(Grades.leak()));
  }

  @Test
  void aBrokenRuleIsASentenceAndALine() {
    assertEquals(
        """
        nobody locks on a boxed value
          Solution.java:11 │ from.lock.lock();

        hint        Think.
        """,
        Grades.told(Grades.ruleBroken()));
  }

  @Test
  void aFaultOfOursIsNotTheStudents() {
    assertEquals(
        """
        This is not your fault: the grader failed here, and these points are neither
        won nor lost. Grade once more; if it stays, tell who runs the course:
          the child could not be started
        """,
        Grades.told(verdict("HarnessFault")));
  }

  @Test
  void aCheckThatWasNotReachedSaysWhatItNeeds() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✗ money moves ·······································   0/40  wrong
          – the promise is kept ·······························   0/60  not run
              needs “money moves”

          0 of 100  in 2.5 s

        ✗ money moves ──────────────────────────────────────────────────────────── wrong

          expected    no exception
          but         IllegalMonitorStateException: current thread is not owner

          Solution.java:7 │ total += cents;

        """,
        Grades.onTerminal(
            Grades.of(
                Grades.check("movesMoney", "money moves", 40, Grades.thrown()),
                Grades.check(new Verdict.NotReached(List.of("movesMoney"))))));
  }

  @Test
  void aCheckThatWasNotRunSaysWhy() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✓ money moves ·······································  40/40
          – the promise is kept ·······························   ?/60  not run
              left out by --quick

          40 of 100  in 2.5 s
          60 points were not graded in this run

        """,
        Grades.onTerminal(Grades.with(new Verdict.NotRun("left out by --quick"))));
  }

  @Test
  void anIncompleteGradeSaysSo() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✓ money moves ·······································  40/40
          ? the promise is kept ·······························   ?/60  not graded

          40 of 100  in 2.5 s
          incomplete: 60 points could not be graded, and that is not your fault

        ? the promise is kept ─────────────────────────────────────────────── not graded

          This is not your fault: the grader failed here, and these points are neither
          won nor lost. Grade once more; if it stays, tell who runs the course:
            the child could not be started

        """,
        Grades.onTerminal(Grades.with(verdict("HarnessFault"))));
  }

  @Test
  void anUntouchedStubIsToldWhereToStart() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          Nothing is implemented yet, so there is nothing to grade.

          0 of 60

          Where to start
            read        README.md, which says all there is to know
            run         test/kata04/SampleTest.java, its examples
            write       src/kata04/Solution.java
            ask         grade hint kata-04

        """,
        Grades.onTerminal(Grades.untouched()));
  }

  @Test
  void fullMarksComeWithConfidenceAdviceAndOutput() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✓ the promise is kept ·······························  60/60

          60 of 60  in 2.5 s
          these checks catch 24 of the 24 known mistakes

        ! advice ─────────────────────────────────────────────────────── costs no points

          unlock in a finally block
            Solution.java:11 │ from.lock.lock();

        > your program printed ────────────────────────────────────────────────────────

          hello?[31m
          world

        """,
        Grades.onTerminal(
            Grades.graded(
                List.of(Grades.check(new Verdict.Passed())),
                List.of(),
                List.of(Grades.breach("unlock in a finally block", false, 11)),
                "hello\u001b[31m\nworld\n"),
            new Style(false, 80, false, false),
            Marks.UNICODE,
            "these checks catch 24 of the 24 known mistakes"));
  }

  @Test
  void aRejectionPutsACaretUnderTheMistake() {
    assertEquals(
        """

        Kata 04 · Bank transfer                                                 work/ann

          ✗ cannot be run, so nothing was graded

          ';' expected
            kata04/Solution.java:7 │ total += cents
                                          ^

          Solution must implement Bank

          no such type
            at kata04/Other.java

          and 1 more; --verbose shows them

          0 of 100

        """,
        Grades.onTerminal(
            Grades.graded(
                List.of(),
                List.of(
                    new Problem(
                        "kata04/Solution.java", 7, 10, "';' expected", "    total += cents"),
                    new Problem("", 0, 0, "Solution must implement Bank", ""),
                    new Problem("kata04/Other.java", 0, 0, "no such type", ""),
                    new Problem("", 0, 0, "one more", "")),
                List.of(),
                "")));
  }

  @Test
  void aNarrowTerminalWithoutUnicodeStillShowsItAll() {
    assertEquals(
        """

        Kata 04 - Bank transfer
        work/ann

          + money moves .................  40/40
          x the promise is kept .........   0/60

          40 of 100  in 2.5 s

        x the promise is
          kept ---------------- not linearizable

          expected    results that these calls
                      give in some order, one
                      after the other
          but         no order gives these:

          thread 1    deposit(1) -> 1
          thread 2    deposit(2) -> 2

          last        total() -> 1

          How it came about, from top to bottom,
          with line numbers:

          thread 2    deposit(2)
          thread 2      reads total: 0 :7
          thread 1    deposit(1)
          thread 1      reads total: 0 :7
          thread 1      sets total = 1 :7
          thread 1    -> 1
          thread 2      sets total = 2 :7
          thread 2    -> 2

          because     none of the 2 possible
                      orders gives these
                      results:
                      after deposit(2),
                      deposit(1) would give 3,
                      not 1

          thread 2 was overtaken within
        Solution.java:7 | total += cents;

          hint        Think.

        """,
        Grades.onTerminal(
            Grades.with(Grades.notLinearizable()),
            new Style(false, 40, false, false),
            Marks.ASCII,
            null));
  }

  @Test
  void coloursAreUsedOnlyWhereWanted() {
    assertEquals(
        """

        \u001b[1mKata 04 · Bank transfer\u001b[0m                                 \u001b[2mwork/ann\u001b[0m

          \u001b[32m✓\u001b[0m money moves \u001b[2m·······················\u001b[0m  40/40
          \u001b[31m✗\u001b[0m the promise is kept \u001b[2m···············\u001b[0m   0/60  \u001b[31mdied\u001b[0m

          \u001b[1m40 of 100\u001b[0m\u001b[2m  in 2.5 s\u001b[0m

        \u001b[31m✗\u001b[0m \u001b[1mthe promise is kept\u001b[0m \u001b[2m─────────────────────────────────────\u001b[0m \u001b[31mdied\u001b[0m

          \u001b[2mexpected\u001b[0m    the program to go on
          \u001b[2mbut\u001b[0m         it called System.exit(0)

          \u001b[2mhint\u001b[0m        \u001b[33mThink.\u001b[0m

        """,
        Grades.onTerminal(
            Grades.with(new Verdict.Died("it called System.exit(0)", null)),
            new Style(true, 64, false, false),
            Marks.UNICODE,
            null));
  }

  @Test
  void onlyTheFirstFailuresAreExplainedUnlessVerbose() {
    CheckGrade[] checks =
        IntStream.range(0, 5)
            .mapToObj(i -> Grades.check("c" + i, "promise " + i, 20, Grades.wrong()))
            .toArray(CheckGrade[]::new);
    String brief = Grades.onTerminal(Grades.of(checks));
    assertTrue(brief.contains("and 2 more; --verbose explains them all"), brief);
    assertEquals(3, brief.split("looked at", -1).length - 1);

    String verbose =
        Grades.onTerminal(
            Grades.of(checks), new Style(false, 80, true, false), Marks.UNICODE, null);
    assertFalse(verbose.contains("--verbose"), verbose);
    assertEquals(5, verbose.split("looked at", -1).length - 1);
    assertTrue(verbose.contains("harness 1.0, JDK 25.0.1"), verbose);
  }

  @Test
  void checksThatFailOfTheSameAtTheSameLineAreExplainedOnce() {
    Verdict died = new Verdict.Died("the program ended the JVM with exit code 1", null);
    String report =
        Grades.onTerminal(
            Grades.of(
                Grades.check("puts", "put adds", 20, Grades.thrown()),
                Grades.check("ends", "it ends", 20, died),
                Grades.check("takes", "take removes", 20, Grades.thrown()),
                Grades.check("counts", "size counts", 20, Grades.thrown()),
                Grades.check("goesOn", "it goes on", 20, died)));
    String explained = report.substring(report.indexOf("✗ put adds ───"));
    assertEquals(2, explained.split("expected ", -1).length - 1, report);
    assertTrue(
        explained.contains("  also        take removes\n              size counts\n"), report);
    assertTrue(explained.contains("  also        it goes on\n"), report);
    assertFalse(report.contains("--verbose"), report);
  }

  @Test
  void assertionsThatLookAlikeAreExplainedEach() {
    String report =
        Grades.onTerminal(
            Grades.of(
                Grades.check("puts", "put adds", 50, Grades.wrong()),
                Grades.check("takes", "take removes", 50, Grades.wrong())));
    assertEquals(2, report.split("looked at", -1).length - 1, report);
    assertFalse(report.contains("also"), report);
  }

  @Test
  void aBrokenRuleIsShownHoweverManyFailuresComeBefore() {
    List<CheckGrade> checks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      checks.add(Grades.check("c" + i, "promise " + i, 20, Grades.wrong()));
    }
    checks.add(Grades.check("rules", "no pattern that is always wrong", 20, Grades.ruleBroken()));
    String report = Grades.onTerminal(Grades.of(checks.toArray(CheckGrade[]::new)));
    assertTrue(report.contains("Solution.java:11 │ from.lock.lock();"), report);
    assertTrue(report.contains("and 1 more; --verbose"), report);
  }

  @Test
  void verboseSaysHowToRunACheckAlone() {
    Grade grade = Grades.with(Grades.wrong());
    assertFalse(Grades.onTerminal(grade).contains("--only"));
    String verbose =
        Grades.onTerminal(grade, new Style(false, 80, true, false), Marks.UNICODE, null);
    assertTrue(verbose.contains("  run alone   grade kata-04 --only keeps\n"), verbose);
  }

  @Test
  void quietSaysTheScoreAlone() {
    Grade grade = Grades.with(Grades.wrong());
    assertEquals(
        "40 of 100\n",
        Grades.onTerminal(grade, new Style(false, 80, false, true), Marks.UNICODE, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 63, 64, 80, 100, 300})
  void noLineIsWiderThanTheTerminal(int width) {
    int lines = 0;
    for (Verdict verdict : Grades.verdicts().values()) {
      Style style = new Style(false, width, true, false);
      String text = Grades.onTerminal(Grades.with(verdict), style, Marks.UNICODE, null);
      for (String line : text.lines().toList()) {
        assertTrue(line.length() <= width, line);
        lines++;
      }
    }
    assertTrue(lines > 200, lines + " lines");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 63, 80})
  void whatIsSaidBesidesVerdictsIsNoWiderEither(int width) {
    Grade rejected =
        Grades.graded(
            List.of(),
            List.of(
                new Problem(
                    "kata04/TheSolutionOfSomebodyWithManyWords.java",
                    1234,
                    57,
                    "incompatible types: java.util.concurrent.ConcurrentHashMap<String, Long>",
                    "      ConcurrentHashMap<String, Long> accounts = somethingElseAltogether();"),
                new Problem("kata04/AFileWithAVeryLongNameIndeed.java", 0, 0, "no such type", ""),
                new Problem("", 0, 0, "there are more than 200 source files in it", "")),
            List.of(),
            "");
    Grade advised =
        Grades.graded(
            List.of(
                Grades.check("a", "money is neither made nor lost by anybody", 40, Grades.wrong()),
                Grades.check(new Verdict.NotRun("only somethingWithALongName was asked for")),
                Grades.check("b", "nobody waits for ever", 0, new Verdict.HarnessFault("a\nb"))),
            List.of(),
            List.of(
                Grades.breach("unlock in a finally block, so that every way out does", false, 11)),
            "a line that is much longer than any narrow terminal is wide\n".repeat(20));
    for (Grade grade : List.of(rejected, advised, Grades.untouched())) {
      for (boolean verbose : new boolean[] {true, false}) {
        String text =
            Grades.onTerminal(
                grade,
                new Style(false, width, verbose, false),
                Marks.UNICODE,
                "these checks catch 24 of the 24 known mistakes");
        assertTrue(text.lines().count() > 8, text);
        assertTrue(text.lines().allMatch(line -> line.length() <= width), text);
      }
    }
  }

  @Test
  void plainMarksKeepToAscii() {
    for (Verdict verdict : Grades.verdicts().values()) {
      Style style = new Style(false, 80, true, false);
      String text = Grades.onTerminal(Grades.with(verdict), style, Marks.ASCII, null);
      assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(text), text);
    }
    assertEquals(Marks.ASCII, Marks.in(StandardCharsets.ISO_8859_1));
    assertEquals(Marks.UNICODE, Marks.in(StandardCharsets.UTF_8));
  }

  @Test
  void aSubmissionCannotSteerTheTerminal() {
    Verdict verdict = new Verdict.Died("\u001b[2J\u0007\u202egone", null);
    String text = Grades.onTerminal(Grades.with(verdict));
    assertTrue(text.contains("?[2J??gone"), text);
  }

  private static Verdict verdict(String name) {
    return Objects.requireNonNull(Grades.verdicts().get(name));
  }
}
