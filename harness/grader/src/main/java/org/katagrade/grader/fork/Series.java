package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.wire.Event;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Program;
import org.katagrade.checks.wire.Sought;
import org.katagrade.checks.wire.Task;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * Runs some checks of one submission, in order, in one child after another: a check that hangs,
 * dies or leaves threads behind costs its child, and the next one starts at the next check.
 */
public final class Series {

  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration DUMP_WAIT = Duration.ofSeconds(2);

  /** For what nobody else is to know, and no seed is to tell. */
  private static final SecureRandom SECRETS = new SecureRandom();

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
    List<Task> tasks = new ArrayList<>();
    checks.forEach(check -> tasks.add(new Task(token(), 0, check, explored.contains(check))));
    Task canary = Canary.task(1, isWoven(), !explored.isEmpty());
    if (schedule == null) {
      // Not first: it is to be graded in a JVM in which the submission has been at work.
      tasks.add(1 + SECRETS.nextInt(checks.size()), canary);
    }
    Child waiting = standby.take();
    try (Child child = waiting == null ? Child.prepare(sandbox, command) : waiting) {
      child.give(job(List.of(program(), Canary.PROGRAM), tasks));
      return new Conversation(child, tasks, canary, worth, listener).untilSpoilt();
    } catch (IOException e) {
      listener.began(checks.getFirst());
      listener.ended(checks.getFirst(), notStarted(e), Duration.ZERO);
      return 1;
    }
  }

  private Program program() {
    return new Program(
        subject.checksType(),
        isWoven() && subject.isStateless(), // woven anew, they cost most of a check
        subject.contract(),
        subject.hidden(),
        subject.theirs(),
        List.copyOf(subject.named()));
  }

  private Job job(List<Program> programs, List<Task> tasks) {
    return new Job(token(), programs, tasks, seed, traceStarts, sought, schedule);
  }

  private static CheckEnd.Lost notStarted(IOException why) {
    return new CheckEnd.Lost("a child could not be started: " + why.getMessage());
  }

  /** Why a child is not to be believed that has called right what is known to be wrong. */
  private CheckEnd disbelief() throws InterruptedException {
    Task alone = Canary.task(0, isWoven(), !explored.isEmpty());
    AtomicBoolean caught = new AtomicBoolean();
    try (Child child = Child.prepare(sandbox, command)) {
      child.give(job(List.of(Canary.PROGRAM), List.of(alone)));
      Listener listener =
          new Listener() {
            @Override
            public void began(String check) {}

            @Override
            public void ended(String check, CheckEnd end, Duration cpu) {
              caught.set(end instanceof CheckEnd.Reported reported && !isFooled(reported));
            }

            @Override
            public void printed(String text) {}
          };
      new Conversation(child, List.of(alone), null, any -> true, listener).untilSpoilt();
    } catch (IOException e) {
      return notStarted(e);
    }
    return caught.get()
        ? new CheckEnd.Tampered("a solution that is known to be wrong was called right beside it")
        : new CheckEnd.Lost("here a solution that is known to be wrong is called right");
  }

  /** Whether it calls the canary right. That it could not be run says nothing. */
  private boolean isFooled(CheckEnd.Reported reported) {
    Outcome outcome = reported.outcome();
    if (!(outcome instanceof Outcome.Passed || outcome instanceof Outcome.Failed)) {
      return false;
    }
    boolean failed = outcome instanceof Outcome.Failed(Failure failure) && failure.assertion();
    boolean mustFail = sought.failures() && (!isWoven() || !explored.isEmpty());
    return mustFail && !failed || sought.races() && reported.races().races().isEmpty();
  }

  /** Whether its children have the agent. */
  private boolean isWoven() {
    return sought.races() || !explored.isEmpty();
  }

  static String token() {
    byte[] bytes = new byte[16];
    SECRETS.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What is said between grader and one child. */
  private final class Conversation {

    private final Child child;
    private final List<Task> tasks;
    private final @Nullable Task canary;
    private final Predicate<String> worth;
    private final Listener listener;
    private final List<String> passed = new ArrayList<>();
    private int at;
    private boolean ready;
    private boolean running;
    private Duration cpuBefore = Duration.ZERO;
    private long since = System.nanoTime();
    private long looked = since;

    /**
     * A conversation.
     *
     * @param canary the one of the tasks of which the listener is not told; null if there is none
     */
    Conversation(
        Child child,
        List<Task> tasks,
        @Nullable Task canary,
        Predicate<String> worth,
        Listener listener) {
      this.child = child;
      this.tasks = List.copyOf(tasks);
      this.canary = canary;
      this.worth = worth;
      this.listener = listener;
    }

    /** Returns how many checks are done with. */
    int untilSpoilt() throws InterruptedException {
      while (true) {
        Child.News news = child.next(GLANCE);
        if (news instanceof Child.News.Silent(boolean tampered)) {
          end(silence(tampered), child.cpu().minus(cpuBefore));
          return ended();
        }
        if (news instanceof Child.News.Told(Event event) && heard(event)) {
          return ended();
        }
        String limit = limitReached();
        if (limit != null) {
          // What grows has no more time to tell of its threads.
          Standstill threads = hasTooMuchMemory() ? null : dump();
          end(new CheckEnd.Stopped(limit, threads), child.cpu().minus(cpuBefore));
          return ended();
        }
      }
    }

    private int ended() {
      return (int) tasks.subList(0, at).stream().filter(task -> !task.equals(canary)).count();
    }

    /** Takes in an event; true if the child is no longer of use. */
    private boolean heard(Event event) throws InterruptedException {
      switch (event) {
        case Event.Ready() -> {
          ready = true;
          if (pinned) {
            child.releaseCompilers();
          }
        }
        case Event.Began(String task) -> {
          if (running || !isAt(task)) {
            end(new CheckEnd.Tampered("it began a check out of turn"), Duration.ZERO);
            return true;
          }
          running = true;
          cpuBefore = child.cpu();
          since = System.nanoTime();
          if (!tasks.get(at).equals(canary)) {
            listener.began(tasks.get(at).check());
          }
        }
        case Event.Ended(
                String task,
                Outcome outcome,
                Exploration exploration,
                RacesSeen races,
                boolean soiled,
                long cpuMillis) -> {
          if (!running || !isAt(task)) {
            end(new CheckEnd.Tampered("it ended a check out of turn"), Duration.ZERO);
            return true;
          }
          CheckEnd.Reported reported = new CheckEnd.Reported(outcome, exploration, races);
          if (tasks.get(at).equals(canary) && isFooled(reported)) {
            at++;
            CheckEnd why = disbelief();
            passed.forEach(check -> listener.ended(check, why, Duration.ZERO));
            return true;
          }
          end(reported, Duration.ofMillis(cpuMillis));
          return soiled || !hasMore();
        }
        case Event.Printed(String text) -> listener.printed(text);
        case Event.Dumped(Standstill threads) -> {}
        case Event.Done() -> {
          return true;
        }
      }
      return false;
    }

    private boolean isAt(String task) {
      return at < tasks.size() && task.equals(tasks.get(at).id());
    }

    /** Whether it is to go on. If nothing has passed, there is nothing to disbelieve. */
    private boolean hasMore() {
      List<Task> left = tasks.subList(at, tasks.size());
      List<Task> theirs = left.stream().filter(task -> !task.equals(canary)).toList();
      boolean canaryAlone = theirs.isEmpty() && !left.isEmpty();
      return canaryAlone
          ? !passed.isEmpty()
          : !left.isEmpty() && theirs.stream().allMatch(task -> worth.test(task.check()));
    }

    /** How the task at hand ends, or the next if there is none; of the canary nobody is told. */
    private void end(CheckEnd end, Duration cpu) {
      Task task = tasks.get(at);
      if (!task.equals(canary)) {
        if (!running) {
          listener.began(task.check());
        }
        if (end instanceof CheckEnd.Reported reported
            && reported.outcome() instanceof Outcome.Passed) {
          passed.add(task.check());
        }
      }
      running = false;
      at++;
      cpuBefore = child.cpu();
      since = System.nanoTime();
      if (!task.equals(canary)) {
        listener.ended(task.check(), end, cpu);
      }
    }

    /** Which limit, in words; looks only so often, however much the child has to say. */
    private @Nullable String limitReached() {
      long now = System.nanoTime();
      if (now - looked < GLANCE.toNanos()) {
        return null;
      }
      looked = now;
      if (hasTooMuchMemory()) {
        return "more than " + limits.megabytes() + " MB of memory";
      }
      if (child.cpu().minus(cpuBefore).compareTo(limits.cpu()) > 0) {
        return "more than " + limits.cpu().toSeconds() + " s of processor time";
      }
      if (now - since > limits.wall().toNanos()) {
        return "more than " + limits.wall().toMinutes() + " min";
      }
      return null;
    }

    private boolean hasTooMuchMemory() {
      return child.megabytes() > limits.megabytes();
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
        return new CheckEnd.Tampered("something else than the harness wrote to its channel");
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
  }
}
