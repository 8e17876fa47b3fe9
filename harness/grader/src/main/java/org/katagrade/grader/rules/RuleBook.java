package org.katagrade.grader.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.katagrade.checks.wire.ClassBytes;

/** The rules of every kata, and the classes that one kata forbids. */
public final class RuleBook {

  private static final List<Rule> GENERAL =
      List.of(
          Rule.costly(
              "thread-stop",
              "a thread is stopped by asking it, never with Thread.stop, suspend or resume",
              "interrupt it, or let it look at a flag",
              CallsTo.withoutParameters(Thread.class, Set.of("stop", "suspend", "resume"))),
          Rule.costly(
              "jvm-exit",
              "a part of a program does not end the whole with exit or halt",
              "throw an exception, or return",
              CallsTo.either(
                  CallsTo.of(System.class, Set.of("exit")),
                  CallsTo.of(Runtime.class, Set.of("exit", "halt")))),
          Rule.costly(
              "lock-on-shared-value",
              "a lock is an object of its own, not a string or boxed value that strangers may"
                  + " share",
              "private final Object lock = new Object()",
              LockOn.SHARED_VALUE),
          Rule.costly(
              "lock-on-runtime-class",
              "a lock is the same for everybody, and getClass() is another one in a subclass",
              "name the class: synchronized (Solution.class)",
              LockOn.RUNTIME_CLASS),
          Rule.costly(
              "lock-on-new-object",
              "a lock is shared, and an object made on the spot excludes nobody",
              "keep the lock in a final field",
              LockOn.NEW_OBJECT),
          Rule.costly(
              "monitor-call-on-lock",
              "wait and notify belong to an object's monitor, await and signal to a Condition",
              "call await, signal or signalAll",
              new MonitorCallOnLock()),
          Rule.advising(
              "lock-on-lock",
              "a Lock is taken with lock(); synchronized takes another lock, its monitor",
              "use one of the two",
              LockOn.LOCK),
          Rule.advising(
              "lock-on-reassigned-field",
              "a lock stays the same object, so that all who come later meet at the same one",
              "lock on a final field",
              LockOn.REASSIGNED_FIELD),
          Rule.advising(
              "unlock-outside-finally",
              "a lock is released in finally, or an exception leaves it locked for ever",
              "lock(); try { … } finally { unlock(); }",
              new UnlockOutsideFinally()),
          Rule.advising(
              "wait-outside-loop",
              "a thread that wakes looks again: it may have been woken for nothing or too late",
              "while (!condition) wait",
              new WaitOutsideLoop()),
          Rule.advising(
              "swallowed-interrupt",
              "an interrupt is answered: by ending, by passing it on, or by setting it again",
              "throw it on, or Thread.currentThread().interrupt()",
              new SwallowedInterrupt()),
          Rule.advising(
              "sleep",
              "a thread waits for a state, not for a length of time: time promises nothing",
              "use a lock's condition, a latch or a queue, unless time itself is meant",
              CallsTo.either(
                  CallsTo.of(Thread.class, Set.of("sleep")),
                  CallsTo.of(TimeUnit.class, Set.of("sleep")))),
          Rule.advising(
              "public-mutable-field",
              "shared state is private: a field that anybody can write is guarded by nobody",
              "make it private or final",
              new PublicMutableFields()),
          Rule.advising(
              "ignored-result",
              "a call that may fail is asked whether it did",
              "use the result",
              new IgnoredResult()),
          Rule.advising(
              "unclosed-executor",
              "whoever starts an executor shuts it down, or its threads live on",
              "close() or shutdown() it when its work is done",
              new UnclosedExecutor()));

  private RuleBook() {}

  /** The ids of all rules that are not a single kata's. */
  public static List<String> ids() {
    return GENERAL.stream().map(Rule::id).toList();
  }

  /**
   * Everything in a submission that breaks a rule, by file and line.
   *
   * @param theirs the student's classes
   * @param forbidden the kata's own: binary names of classes, a package followed by {@code .*}, or
   *     the word {@code synchronized}
   */
  public static List<Breach> check(List<ClassBytes> theirs, List<String> forbidden) {
    Submission submission = Submission.of(theirs);
    return Stream.concat(GENERAL.stream(), forbidden.stream().map(RuleBook::without))
        .flatMap(rule -> rule.breaches(submission).stream())
        .distinct()
        .sorted(
            Comparator.comparing((Breach breach) -> String.valueOf(breach.at().file()))
                .thenComparingInt(breach -> breach.at().line())
                .thenComparing(Breach::rule))
        .toList();
  }

  private static Rule without(String name) {
    return new Rule(
        "forbidden-class",
        "this kata is to be solved without " + name,
        null,
        true,
        name.equals("synchronized") ? new SynchronizedCode() : new UsesOf(name));
  }
}
