package org.katagrade.checks.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Effort;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.standstill.Bystanders;
import org.katagrade.checks.standstill.ThreadDump;
import org.katagrade.checks.standstill.ThreadStarts;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.checks.wire.Codec;
import org.katagrade.checks.wire.Event;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Program;
import org.katagrade.checks.wire.Task;

/**
 * The main program of a child: reads one job from standard input, runs its checks in order, and
 * writes events to its channel. Each check has class loaders of its own, unless there is nothing
 * that the classes could keep for the next one.
 *
 * <p>Both are taken before a class of the submission is loaded; what it prints goes over the
 * channel as its own words. The child ends when its standard input does, which is when the grader
 * is gone.
 */
public final class ChildMain {

  private final Job job;
  private final Channel channel;
  private final PrintedStream printed;
  private final @Nullable RaceWatch races;

  /** What the next check of a program may use too; nothing if it needs classes loaded afresh. */
  private final Map<Integer, KataClassLoader> kept = new HashMap<>();

  private ChildMain(Job job, Channel channel, PrintedStream printed) {
    this.job = job;
    this.channel = channel;
    this.printed = printed;
    this.races = job.sought().races() ? new RaceWatch() : null;
  }

  /** The option by which a child is told of the file that the grader listens to. */
  public static String channel(String file) {
    return "-D" + Channel.PROPERTY + "=" + file;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(System.in);
    Job job = (Job) Objects.requireNonNull(Codec.read(in, Job.class));
    Channel channel = Channel.open(job.token());
    System.setIn(InputStream.nullInputStream());
    // Under Lincheck an operation runs thousands of times; what it prints there says nothing.
    PrintedStream printed = new PrintedStream(channel);
    PrintStream stream =
        runsLincheck() ? new PrintStream(OutputStream.nullOutputStream()) : printed.stream();
    System.setOut(stream);
    System.setErr(stream);
    new ChildMain(job, channel, printed).run(in);
  }

  private static boolean runsLincheck() {
    return ClassLoader.getSystemClassLoader() instanceof KataClassLoader;
  }

  private void run(InputStream requests) throws InterruptedException {
    if (job.traceStarts()) {
      // First of all, so that the recorder's own threads count as having been there before.
      ThreadStarts.ask();
    }
    Bystanders.add(Thread.currentThread());
    Thread listener =
        Thread.ofPlatform().daemon().name("harness-requests").unstarted(() -> answer(requests));
    Bystanders.add(listener);
    listener.start();
    Effort.useSeed(job.seed());
    if (runsLincheck()) {
      WovenJdk.recall();
    } else {
      StandardRepresentation.setMaxStackTraceElementsDisplayed(AssertionWords.MOST_FRAMES);
    }
    if (job.sought().races()) {
      Effort.lookForRaces();
    }
    channel.send(new Event.Ready());
    for (Task task : job.tasks()) {
      runCheck(task, job.programs().get(task.program()));
    }
    printed.flush();
    channel.send(new Event.Done());
    // Threads a submission left, and its shutdown hooks, have no say in when the child ends.
    Runtime.getRuntime().halt(0);
  }

  private void runCheck(Task task, Program program) throws InterruptedException {
    channel.send(new Event.Began(task.id()));
    long before = cpuMillis();
    if (task.explored()) {
      exploreCheck(task, program, before);
      return;
    }
    KataClassLoader loader = loader(task, program);
    Outcome outcome =
        new CheckRun(loader, program.checksType(), task.check(), theirs(program)).run();
    keepIf(outcome instanceof Outcome.Passed, task, program, loader);
    boolean soiled =
        outcome instanceof Outcome.Stuck
            || outcome instanceof Outcome.Exhausted
            || CheckRun.threadsLeft();
    RacesSeen seen = RacesSeen.NONE;
    if (races != null) {
      seen = races.races();
      outcome = races.outcome(outcome);
      soiled |= races.isBroken();
    }
    printed.flush();
    channel.send(new Event.Ended(task.id(), outcome, null, seen, soiled, cpuMillis() - before));
  }

  private void exploreCheck(Task task, Program program, long before) {
    KataClassLoader loader = loader(task, program);
    ExploredCheck run =
        new ExploredCheck(loader, program.checksType(), task.check(), theirs(program));
    String schedule = job.schedule();
    ExploredCheck.Found found = schedule == null ? run.explore(job.sought()) : run.replay(schedule);
    keepIf(found.outcome() instanceof Outcome.Passed, task, program, loader);
    boolean soiled =
        found.outcome() instanceof Outcome.Exhausted
            || found.outcome() instanceof Outcome.Abandoned;
    if (races != null) {
      races.races(); // told of with their course
      soiled |= races.isBroken();
    }
    printed.flush();
    channel.send(
        new Event.Ended(
            task.id(),
            races == null ? found.outcome() : races.outcome(found.outcome()),
            found.exploration(),
            found.races(),
            soiled,
            cpuMillis() - before));
  }

  private static Set<String> theirs(Program program) {
    return program.theirs().stream().map(ClassBytes::name).collect(Collectors.toSet());
  }

  /** Threads of a check that failed may be at work in its classes still. */
  private void keepIf(boolean passed, Task task, Program program, KataClassLoader loader) {
    if (program.stateless() && passed) {
      kept.put(task.program(), loader);
    } else {
      kept.remove(task.program());
    }
  }

  /** Under Lincheck the system's loader is for the first program; there is but one of it. */
  private KataClassLoader loader(Task task, Program program) {
    KataClassLoader known = kept.get(task.program());
    if (known != null) {
      return known;
    }
    ClassLoader system = ClassLoader.getSystemClassLoader();
    if (system instanceof KataClassLoader loader
        && task.program() == job.tasks().getFirst().program()) {
      loader.give(program);
      LincheckSetup.showClasses(loader, names(program));
      program.hidden().stream()
          .filter(type -> type.name().equals(program.checksType()))
          .forEach(LincheckSetup::leaveAlone);
      return loader;
    }
    KataClassLoader loader = new KataClassLoader(system);
    loader.give(program);
    return loader;
  }

  private static List<String> names(Program program) {
    return Stream.of(program.contract(), program.hidden(), program.theirs())
        .flatMap(List::stream)
        .map(ClassBytes::name)
        .toList();
  }

  private void answer(InputStream requests) {
    try {
      while (requests.read() >= 0) {
        channel.send(new Event.Dumped(ThreadDump.take(Thread.currentThread(), 0)));
      }
    } catch (IOException e) {
      // The grader is gone, as at the end of the stream.
    }
    Runtime.getRuntime().halt(1);
  }

  private static long cpuMillis() {
    @Nullable Object bean = ManagementFactory.getOperatingSystemMXBean();
    return bean instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime() / 1_000_000
        : 0;
  }
}
