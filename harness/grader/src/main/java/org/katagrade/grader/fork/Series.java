package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.wire.Event;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Sought;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * Runs some checks of one submission, in order, in one child after another: a check that hangs,
 * dies or leaves threads behind costs its child, and the next one starts at the next check.
 */
public final class Series {

  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration DUMP_WAIT = Duration.ofSeconds(2);

  /** ExitOnOutOfMemoryError ends the JVM with this. */
  private static final int OUT_OF_MEMORY = 3;

  /**
   * What a shell reports for a process that a user or the system ended: by HUP, INT, KILL, TERM.
   */
  private static final Set<Integer> ENDED_FROM_OUTSIDE = Set.of(129, 130, 137, 143);

  /** Hears of each check as it begins and ends. */
  public interface Listener {
    void began(String check);

    void ended(String check, CheckEnd end, Duration cpu);

    /** The submission printed something. */
    void printed(String text);
  }

  private final Sandbox sandbox;
  private final Function<Path, List<String>> command;
  private final Limits limits;
  private final boolean pinned;
  private final Subject subject;
  private final long seed;
  private final boolean traceStarts;
  private final Sought sought;
  private final List<String> explored;
  private final @Nullable String schedule;

  private Series(
      Sandbox sandbox,
      Function<Path, List<String>> command,
      Limits limits,
      boolean pinned,
      Subject subject,
      long seed,
      boolean traceStarts,
      Sought sought,
      List<String> explored,
      @Nullable String schedule) {
    this.sandbox = sandbox;
    this.command = command;
    this.limits = limits;
    this.pinned = pinned;
    this.subject = subject;
    this.seed = seed;
    this.traceStarts = traceStarts;
    this.sought = sought;
    this.explored = List.copyOf(explored);
    this.schedule = schedule;
  }

  /** Real threads, several checks in a child. */
  public static Series plain(Jvm jvm, Subject subject, long seed, boolean traceStarts) {
    return new Series(
        jvm.sandbox(),
        jvm::plain,
        Limits.PLAIN,
        false,
        subject,
        seed,
        traceStarts,
        Sought.FAILURES,
        List.of(),
        null);
  }

  /**
   * Under the agent, several checks in a child: those to be explored under chosen schedules, the
   * others with real threads, for their races.
   *
   * @param sought what they are run for
   */
  public static Series agent(
      Jvm jvm, Subject subject, long seed, List<String> explored, Sought sought) {
    return agent(jvm, subject, seed, explored, sought, null);
  }

  /** One check under one schedule, told step by step. */
  public static Series replay(Jvm jvm, Subject subject, Token token) {
    return agent(
        jvm, subject, token.seed(), List.of(token.check()), Sought.BOTH, token.schedule().text());
  }

  private static Series agent(
      Jvm jvm,
      Subject subject,
      long seed,
      List<String> explored,
      Sought sought,
      @Nullable String schedule) {
    return new Series(
        jvm.sandbox(),
        temporary -> jvm.agent(temporary, subject.packageName(), sought.races()),
        Limits.PLAIN,
        false,
        subject,
        seed,
        false,
        sought,
        explored,
        schedule);
  }

  /**
   * Lincheck; give it one check at a time.
   *
   * @param turn each turn runs on the next processor
   */
  public static Series model(Jvm jvm, Subject subject, long seed, int turn) {
    return new Series(
        jvm.sandbox(),
        temporary -> jvm.model(temporary, turn),
        Limits.MODEL,
        true,
        subject,
        seed,
        false,
        Sought.FAILURES,
        List.of(),
        null);
  }

  /**
   * Runs the checks and tells the listener of every one of them.
   *
   * @param worth asked before each child about each check that is left, and again when one has
   *     ended: a check that is not worth running any more is passed over
   */
  public void run(List<String> checks, Predicate<String> worth, Listener listener)
      throws InterruptedException {
    run(Standby.none(), checks, worth, listener);
  }

  /**
   * The same.
   *
   * @param first the first child, if it was started already for a series of this kind
   */
  public void run(Standby first, List<String> checks, Predicate<String> worth, Listener listener)
      throws InterruptedException {
    List<String> left = checks.stream().filter(worth).toList();
    while (!left.isEmpty()) {
      int ended = runOneChild(first, left, worth, listener);
      left = left.subList(ended, left.size()).stream().filter(worth).toList();
    }
  }

  /** Runs checks until they are through or the child is spoilt; returns how many are done with. */
  private int runOneChild(
      Standby standby, List<String> checks, Predicate<String> worth, Listener listener)
      throws InterruptedException {
    Job job =
        new Job(
            token(),
            subject.checksType(),
            checks,
            seed,
            traceStarts,
            sought,
            explored,
            schedule,
            isWoven() && subject.isStateless(), // woven anew, they cost most of a check
            subject.contract(),
            subject.hidden(),
            subject.theirs(),
            List.copyOf(subject.named()));
    Child waiting = standby.take();
    try (Child child = waiting == null ? Child.prepare(sandbox, command) : waiting) {
      child.give(job);
      return new Conversation(child, checks, worth, listener).untilSpoilt();
    } catch (IOException e) {
      listener.began(checks.getFirst());
      listener.ended(
          checks.getFirst(),
          new CheckEnd.Lost("a child could not be started: " + e.getMessage()),
          Duration.ZERO);
      return 1;
    }
  }

  /** Whether its children have the agent. */
  private boolean isWoven() {
    return sought.races() || !explored.isEmpty();
  }

  static String token() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What is said between grader and one child. */
  private final class Conversation {

    private final Child child;
    private final List<String> checks;
    private final Predicate<String> worth;
    private final Listener listener;
    private int ended;
    private boolean ready;
    private boolean running;
    private Duration cpuBefore = Duration.ZERO;
    private long since = System.nanoTime();

    Conversation(Child child, List<String> checks, Predicate<String> worth, Listener listener) {
      this.child = child;
      this.checks = checks;
      this.worth = worth;
      this.listener = listener;
    }

    int untilSpoilt() throws InterruptedException {
      while (true) {
        Child.News news = child.next(GLANCE);
        if (news == null) {
          String limit = limitReached();
          if (limit != null) {
            end(new CheckEnd.Stopped(limit, dump()), child.cpu().minus(cpuBefore));
            return ended;
          }
        } else if (news instanceof Child.News.Silent(boolean tampered)) {
          end(silence(tampered), child.cpu().minus(cpuBefore));
          return ended;
        } else if (news instanceof Child.News.Told(Event event) && heard(event)) {
          return ended;
        }
      }
    }

    /** Takes in an event; true if the child is no longer of use. */
    private boolean heard(Event event) {
      switch (event) {
        case Event.Ready() -> {
          ready = true;
          if (pinned) {
            child.releaseCompilers();
          }
        }
        case Event.Began(String check) -> {
          if (running || ended >= checks.size() || !check.equals(checks.get(ended))) {
            end(tampering("it began a check out of turn"), Duration.ZERO);
            return true;
          }
          running = true;
          cpuBefore = child.cpu();
          since = System.nanoTime();
          listener.began(check);
        }
        case Event.Ended(
                String check,
                Outcome outcome,
                Exploration exploration,
                RacesSeen races,
                boolean soiled,
                long cpuMillis) -> {
          if (!running || !check.equals(checks.get(ended))) {
            end(tampering("it ended a check out of turn"), Duration.ZERO);
            return true;
          }
          end(new CheckEnd.Reported(outcome, exploration, races), Duration.ofMillis(cpuMillis));
          return soiled
              || ended == checks.size()
              || !checks.subList(ended, checks.size()).stream().allMatch(worth);
        }
        case Event.Printed(String text) -> listener.printed(text);
        case Event.Dumped(Standstill threads) -> {}
        case Event.Done() -> {
          return true;
        }
      }
      return false;
    }

    private void end(CheckEnd end, Duration cpu) {
      String check = checks.get(ended);
      if (!running) {
        listener.began(check);
      }
      running = false;
      ended++;
      listener.ended(check, end, cpu);
    }

    private @Nullable String limitReached() {
      if (child.cpu().minus(cpuBefore).compareTo(limits.cpu()) > 0) {
        return "more than " + limits.cpu().toSeconds() + " s of processor time";
      }
      if (System.nanoTime() - since > limits.wall().toNanos()) {
        return "more than " + limits.wall().toMinutes() + " min";
      }
      return null;
    }

    private @Nullable Standstill dump() throws InterruptedException {
      child.askForDump();
      long end = System.nanoTime() + DUMP_WAIT.toNanos();
      while (System.nanoTime() - end < 0) {
        if (child.next(GLANCE) instanceof Child.News.Told(Event.Dumped(Standstill threads))) {
          return threads;
        }
      }
      return null;
    }

    private CheckEnd silence(boolean tampered) throws InterruptedException {
      if (tampered) {
        return tampering("something else than the harness wrote to its channel");
      }
      int code = child.exitCode();
      String said = child.errors().strip();
      if (!ready) {
        return new CheckEnd.Lost(
            "the child ended with code %d before it was ready%s"
                .formatted(code, said.isEmpty() ? "" : ": " + said));
      }
      if (code == OUT_OF_MEMORY && said.contains("OutOfMemoryError")) {
        return new CheckEnd.Died("memory ran out");
      }
      if (ENDED_FROM_OUTSIDE.contains(code) && !subject.exits()) {
        return new CheckEnd.Lost("the child was killed from outside");
      }
      if (code >= 128) {
        return new CheckEnd.Died("the JVM crashed with signal " + (code - 128));
      }
      return new CheckEnd.Died("the program ended the JVM with exit code " + code);
    }

    private CheckEnd tampering(String what) {
      return new CheckEnd.Died("results were tampered with: " + what);
    }
  }
}
