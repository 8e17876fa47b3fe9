package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.annotation.ChangesCurrentThread;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Race;
import org.katagrade.agent.race.Races;
import org.katagrade.agent.race.ThreadState;

/**
 * Runs a program with all its threads on one carrier, which is the thread that calls {@link #run}.
 * One thread of the program goes on until it comes to a step or has to wait; then the chooser says
 * who goes on. One execution serves many runs, one after another.
 */
final class Execution implements Runner {

  /** Name of the main thread of a run. */
  private static final String CHECK = "check";

  private static final Schedule UNTOLD = new Schedule(List.of());

  /** A thread that looks at things so often in a row, and does nothing else, waits for others. */
  private static final int LOOKS = 64;

  /**
   * A limit of more nanoseconds than that is not reached while somebody can go on: who waits for
   * minutes means to wait until it is done.
   */
  private static final long LONGEST_EARLY = 10_000_000_000L;

  /** About a second, as a power of two in nanoseconds. */
  private static final int FASTEST = 30;

  /** So often a thread is told to end that catches everything; then it is left where it is. */
  private static final int MOST_ABORTS = 100;

  /** Why nobody is let go on any more, where no ending says so. */
  private enum Over {
    STANDSTILL,
    /** Somebody could always go on. */
    ENDLESS
  }

  /** The strand that runs now. Not volatile: another thread that sees it is not that strand's. */
  static @Nullable Strand running;

  private final Program program;
  private final Mode mode;
  private final Targets targets = new Targets();

  /** Of the monitors within the JDK, whose objects must not change the numbers of the others. */
  private final Targets shadows = new Targets();

  private final Globals globals = new Globals();
  private final Ready ready = new Ready();
  private final VirtualTime time = new VirtualTime();
  private Strand[] strands = new Strand[16];
  private int count;

  /** Those that have not ended, in the order of their numbers. */
  private Strand[] live = new Strand[16];

  private int living;

  /** Of these, the ones whose end the run waits for. */
  private int heeded;

  private Chooser chooser = new Replayer(UNTOLD);
  private int limit;
  private int steps;
  private @Nullable Teller teller;
  private @Nullable ForkJoinPool common;
  private @Nullable Strand next;
  private @Nullable Ending ending;

  /** How the run ended, if that is for its threads to show. */
  private @Nullable Over over;

  /** Why no run of the program can be believed any more; it stays so. */
  private @Nullable String spoilt;

  /** What a thread did to the run that is not of it; it may have done so at another time. */
  private volatile @Nullable String disturbance;

  /** What came out of a thread, and no handler of the program's own was there for it. */
  private Ending.@Nullable Wrong unheeded;

  private boolean unwinding;
  private int aborts;

  Execution(Program program, Mode mode) {
    this.program = program;
    this.mode = mode;
  }

  /** The strand that calls; null for a thread that is not of a run. */
  static @Nullable Strand me() {
    Strand strand = running;
    return strand != null && strand.thread == Thread.currentThread() ? strand : null;
  }

  /** Ends a run in which a race was found. */
  static final class Ear implements Races.Ear {

    @Override
    public boolean isNear() {
      return me() != null;
    }

    @Override
    public void hear(Race race) {
      Strand me = me();
      if (me != null) {
        me.execution.ends(new Ending.Raced(List.of(race)));
      }
    }
  }

  @Override
  public Run run(Chooser chosenBy, int mostSteps, boolean tell) {
    if (Thread.currentThread().isVirtual() || running != null) {
      throw new IllegalStateException("a run needs a platform thread of its own");
    }
    if (spoilt != null) {
      return new Run(UNTOLD, new Ending.Abandoned(spoilt), 0, Story.NONE);
    }
    begin(chosenBy, mostSteps, tell);
    try {
      next = start(null, new Thread(null, this::main, CHECK, 0, false));
      drive(Thread.currentThread());
      Ending how = ended();
      if (teller != null && over != null) {
        tellOfThoseKeptOut(teller);
      }
      unwind(Thread.currentThread());
      return new Run(UNTOLD, how, steps, story());
    } finally {
      end();
    }
  }

  private void begin(Chooser chosenBy, int mostSteps, boolean tell) {
    chooser = chosenBy;
    limit = mostSteps;
    teller = tell ? new Teller() : null;
    common = null;
    steps = 0;
    time.begin();
    ending = null;
    over = null;
    disturbance = null;
    unheeded = null;
    unwinding = false;
    aborts = 0;
    globals.begin();
  }

  private void end() {
    globals.end();
    Arrays.fill(strands, 0, count, null);
    Arrays.fill(live, null);
    count = 0;
    living = 0;
    heeded = 0;
    next = null;
    teller = null;
    common = null;
    ready.clear(0);
    targets.clear();
    shadows.clear();
  }

  private Ending ended() {
    Throwable fault = mode == Mode.WATCHED ? Faults.first() : null;
    if (fault != null) {
      return new Ending.Abandoned("the race detector failed: " + Faults.text(fault));
    }
    String disturbed = disturbance;
    if (disturbed != null) {
      return new Ending.Abandoned("a thread that is not of the run " + disturbed);
    }
    Ending how = ending == null ? shown() : ending;
    Ending.Wrong other = unheeded;
    boolean secondary =
        switch (how) {
          case Ending.Completed _,
              Ending.Wrong _,
              Ending.Leaked _,
              Ending.LostWakeup _,
              Ending.Livelock _ ->
              true;
          case Ending.Deadlock _, Ending.Raced _, Ending.Abandoned _ -> false;
        };
    if (other != null && secondary) {
      how = other;
    }
    if (how instanceof Ending.Wrong wrong) {
      if (isRefusal(wrong.thrown())) {
        return new Ending.Abandoned("the JVM refuses a class as it was woven: " + wrong.thrown());
      }
      Traces.clean(wrong.thrown());
    }
    return how;
  }

  /** Whether the JVM refused a class, which as javac wrote it would be accepted. */
  private static boolean isRefusal(Throwable thrown) {
    return thrown instanceof VerifyError || thrown instanceof ClassFormatError;
  }

  /** What the threads show that are left; all of them have left the carrier. */
  private Ending shown() {
    Standstill left = new Standstill(strands, count, names());
    return switch (over) {
      case STANDSTILL -> left.ending();
      case ENDLESS ->
          strands[0].state == Strand.State.ENDED
              ? new Ending.Leaked(left.standings())
              : new Ending.Livelock(left.standings());
      case null -> new Ending.Abandoned("nobody says why it ended");
    };
  }

  private void tellOfThoseKeptOut(Teller all) {
    for (int i = 0; i < living; i++) {
      Target monitor = live[i].on;
      if (live[i].state == Strand.State.MONITOR
          && monitor != null
          && monitor.object != null
          && monitor.owner != null) {
        all.keptOut(live[i], monitor.object, monitor.owner);
      }
    }
  }

  private Story story() {
    Teller all = teller;
    if (all == null) {
      return Story.NONE;
    }
    List<String> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(Teller.nameOf(strands[i]));
    }
    return all.story(threads);
  }

  private void main() {
    try {
      program.run();
    } catch (Abort e) {
      throw e;
    } catch (Throwable e) {
      ends(new Ending.Wrong(e, CHECK));
    }
  }

  /** Lets one strand after another run, until nobody is chosen any more. */
  @ChangesCurrentThread
  private void drive(Thread carrier) {
    for (Strand strand = next; strand != null; strand = next) {
      next = null;
      running = strand;
      Internals.become(carrier, strand.thread);
      if (mode == Mode.EXPLORED) {
        ThreadState.ignore(strand.thread);
      }
      try {
        strand.run();
      } finally {
        ThreadState.ignore(null);
        Internals.become(carrier, carrier);
        running = null;
      }
    }
  }

  /**
   * Makes those that hold monitors of the JVM give them back. The others stay where they are, and
   * nobody knows them any more.
   */
  private void unwind(Thread carrier) {
    unwinding = true;
    for (int i = 0; i < living; i++) {
      if (live[i].holdsReal()) {
        next = live[i];
        drive(carrier);
      }
    }
  }

  /** The whole of a thread; called in it. */
  void play(Strand strand) {
    try {
      try {
        Internals.run(strand.thread);
      } catch (Abort e) {
        throw e;
      } catch (Throwable e) {
        uncaught(strand, e);
      }
      Races.settleMine();
      Internals.exit(strand.thread);
      Internals.end(strand.thread);
    } catch (Abort e) {
      // The run is over, and this thread now is as well.
    } catch (Throwable e) {
      uncaught(strand, e);
    }
    ended(strand);
  }

  /** Gives it to the handler that the program has for it. */
  private void uncaught(Strand strand, Throwable thrown) {
    if (teller != null) {
      teller.threw(strand, thrown);
    }
    Thread.UncaughtExceptionHandler handler = strand.thread.getUncaughtExceptionHandler();
    if (handler == null || handler.getClass() == ThreadGroup.class) {
      handler = Thread.getDefaultUncaughtExceptionHandler();
    }
    if (handler == null) {
      if (unheeded == null) {
        unheeded = new Ending.Wrong(thrown, Teller.nameOf(strand));
      }
      return;
    }
    try {
      handler.uncaughtException(strand.thread, thrown);
    } catch (Abort e) {
      throw e;
    } catch (Throwable ignored) {
      // As the JVM does.
    }
  }

  private void ended(Strand strand) {
    strand.state = Strand.State.ENDED;
    if (teller != null) {
      teller.ends(strand);
    }
    int index = 0;
    while (live[index] != strand) {
      index++;
    }
    living--;
    System.arraycopy(live, index + 1, live, index, living - index);
    if (isHeeded(strand.thread)) {
      heeded--;
    }
    for (int i = 0; i < living; i++) {
      Strand other = live[i];
      if (other.state == Strand.State.JOINING && other.joined == strand) {
        other.wakeUp();
      }
    }
    Target monitor = targets.find(strand.thread);
    while (monitor != null && monitor.waiting() > 0) {
      wake(monitor.removeWaiter(0));
    }
    if (!unwinding) {
      next = choose(null);
    }
  }

  /** Whether a run goes on as long as this thread does. */
  private static boolean isHeeded(Thread thread) {
    return thread.isVirtual() || !thread.isDaemon();
  }

  // What strands do. All of this is called by the strand itself.

  /** Makes a strand of a new thread. */
  Strand start(@Nullable Strand me, Thread thread) {
    Strand strand = new Strand(this, thread, count);
    if (count == strands.length) {
      strands = Arrays.copyOf(strands, 2 * count);
    }
    if (living == live.length) {
      live = Arrays.copyOf(live, 2 * living);
    }
    strands[count++] = strand;
    live[living++] = strand;
    if (isHeeded(thread)) {
      heeded++;
    }
    Internals.begin(thread, strand);
    if (teller != null && me != null) {
      teller.starts(me, strand);
    }
    return strand;
  }

  /** Before something that other threads can see, or that depends on what they do. */
  void step(Strand me, int object, boolean reads) {
    if (me.masked == 0) {
      me.object = object;
      me.reads = reads;
      me.looks = reads ? me.looks + 1 : 0;
      me.glances = reads ? me.glances : 0;
      me.yields = me.looks > LOOKS;
      pass(me);
      me.yields = false;
    } else if (unwinding) {
      abort(me);
    }
  }

  /**
   * Asks what time it is. A thread that does nothing else waits for time to pass, which it then
   * does faster and faster.
   */
  void looksAtTheClock(Strand me) {
    if (me.masked == 0 && me.glances++ > LOOKS) {
      yields(me);
      time.moveTo(time.in(1L << Math.min(me.glances - LOOKS, FASTEST)));
    }
  }

  /** Lets others go first. */
  void yields(Strand me) {
    if (me.masked == 0) {
      me.object = Candidates.ANYTHING;
      me.reads = false;
      me.yields = true;
      pass(me);
      me.yields = false;
    }
  }

  /** Waits in this state until somebody, or time, ends the wait. */
  void await(Strand me, Strand.State state, long nanos) {
    me.state = state;
    me.object = Candidates.ANYTHING;
    me.reads = false;
    me.looks = 0;
    me.glances = 0;
    me.timedOut = false;
    me.wake = nanos == Strand.NEVER ? Strand.NEVER : time.in(nanos);
    pass(me);
    me.yields = false;
  }

  /** Enters a monitor, when it is free. */
  void enter(Strand me, Target monitor) {
    if (monitor.owner == me) {
      monitor.depth++;
      return;
    }
    if (me.masked == 0 || monitor.owner != null) {
      me.on = monitor;
      me.state = Strand.State.MONITOR;
      me.object = monitor.number;
      me.reads = false;
      me.looks = 0;
      pass(me);
      me.state = Strand.State.READY;
      me.on = null;
    }
    monitor.owner = me;
    monitor.depth = 1;
  }

  /** Leaves a monitor that it owns. */
  void exit(Target monitor) {
    if (--monitor.depth == 0) {
      monitor.owner = null;
    }
  }

  /** Gives the monitor back, waits to be notified, and takes it again. */
  void waitFor(Strand me, Target monitor, long nanos) {
    int depth = monitor.depth;
    monitor.owner = null;
    monitor.depth = 0;
    monitor.addWaiter(me);
    me.on = monitor;
    me.interrupted = false;
    await(me, Strand.State.WAITING, nanos);
    me.state = Strand.State.READY;
    me.on = null;
    monitor.owner = me;
    monitor.depth = depth;
  }

  /** Wakes one that waits for a notification, or all. */
  void notify(Strand me, Target monitor, boolean all) {
    if (monitor.waiting() == 0 && teller != null) {
      teller.notifiesNobody(me);
    }
    for (int left = all ? monitor.waiting() : Math.min(1, monitor.waiting()); left > 0; left--) {
      int waiting = monitor.waiting();
      Strand other = monitor.removeWaiter(all || waiting == 1 ? 0 : chooser.among(waiting));
      if (teller != null) {
        teller.notifies(me, other);
      }
      wake(other);
    }
  }

  private static void wake(Strand strand) {
    strand.wakeUp();
    Target monitor = strand.on;
    strand.object = monitor == null ? Candidates.ANYTHING : monitor.number;
  }

  /** A thread that is not of the run does something to this one, which may be. */
  void disturb(String what, Strand strand) {
    if (strand.number < count && strands[strand.number] == strand) {
      disturbance = what + " " + Teller.nameOf(strand);
    }
  }

  /** Ends the strand's waiting, or lets it through the next time. */
  void unpark(Strand strand) {
    // One that was woken keeps the permit until it goes on: until then a second one is the same.
    strand.permit = true;
    if (strand.state == Strand.State.PARKED) {
      strand.wakeUp();
    }
  }

  /** Ends a wait that an interrupt can end. */
  void interrupted(Strand strand, Strand by) {
    // One that is not running says so when it goes on: a pool interrupts its threads in any order.
    strand.tellsOfInterrupt = strand != by;
    if (teller != null && strand == by) {
      teller.interrupted(by);
    }
    switch (strand.state) {
      case PARKED, SLEEPING, JOINING -> strand.wakeUp();
      case WAITING -> {
        if (strand.on != null) {
          strand.on.removeWaiter(strand);
        }
        strand.interrupted = true;
        wake(strand);
      }
      case READY, MONITOR, QUIET, ENDED -> {}
    }
  }

  /**
   * Enters a monitor that the JVM is about to lock for the strand as well. Does not let others go
   * first, unless it has to wait.
   */
  void shadow(Strand me, Target monitor) {
    enterWithin(me, monitor);
    me.enterReal(monitor);
  }

  /** Enters a monitor, and lets others go first only if it has to wait. */
  void enterWithin(Strand me, Target monitor) {
    if (monitor.owner == me) {
      monitor.depth++;
      return;
    }
    if (monitor.owner != null) {
      me.on = monitor;
      await(me, Strand.State.MONITOR, Strand.NEVER);
      me.on = null;
      me.state = Strand.State.READY;
    }
    monitor.owner = me;
    monitor.depth = 1;
  }

  /** The monitor of an object that only the JDK knows. */
  Target inner(Object object) {
    return shadows.of(object);
  }

  /** The JVM has unlocked the monitor that it locked last. */
  void left(Strand me) {
    Target monitor = me.leaveReal();
    if (monitor != null) {
      exit(monitor);
    }
  }

  /** As {@link Steps#mode}. */
  int mode() {
    return mode.ordinal();
  }

  @Nullable Teller teller() {
    return teller;
  }

  boolean isOver() {
    return ending != null || over != null;
  }

  /** The pool that stands for the common one in this run. */
  ForkJoinPool commonPool() {
    ForkJoinPool pool = common;
    if (pool == null) {
      pool = Globals.newCommonPool();
      common = pool;
    }
    return pool;
  }

  /** Ends the run as that of those that wait. Does not return. */
  void giveUp(Strand me) {
    me.state = Strand.State.QUIET;
    over = Over.STANDSTILL;
    leave(me);
  }

  /** Ends the run, if it has not ended. Does not return. */
  void endsNow(Strand me, Ending how) {
    ends(how);
    leave(me);
  }

  private void leave(Strand me) {
    next = null;
    Continuation.yield(Strand.SCOPE);
    abort(me);
  }

  /** As {@link Chooser#among}. */
  int among(int number) {
    return chooser.among(number);
  }

  /** As {@link Control#threads}. */
  Map<Thread, Standing> threads(Strand me) {
    running = null;
    try {
      return new Standstill(strands, count, names()).others(me);
    } finally {
      running = me;
    }
  }

  private Names names() {
    return teller == null ? new Names() : teller.names();
  }

  Target target(Object object) {
    return targets.of(object);
  }

  VirtualTime time() {
    return time;
  }

  /** Ends the run, if it has not ended already. */
  void ends(Ending how) {
    if (ending == null) {
      ending = how;
    }
  }

  /** Lets the chosen strand go on; returns when that is the caller. */
  private void pass(Strand me) {
    if (unwinding) {
      abort(me);
      return;
    }
    if (me.stopsIn > 0 && me.masked == 0 && --me.stopsIn == 0) {
      me.stopped = true;
    }
    Strand chosen = choose(me);
    if (chosen == me) {
      return;
    }
    next = chosen;
    if (!Continuation.yield(Strand.SCOPE)) {
      stuck(me);
    }
    if (unwinding) {
      abort(me);
    } else if (me.tellsOfInterrupt) {
      me.tellsOfInterrupt = false;
      if (teller != null) {
        teller.interrupted(me);
      }
    }
  }

  private void abort(Strand me) {
    if (++aborts <= MOST_ABORTS) {
      me.state = Strand.State.READY;
      throw Abort.INSTANCE;
    }
    next = null;
    Continuation.yield(Strand.SCOPE);
  }

  /** The strand cannot leave the carrier: it goes on, if it can. */
  private void stuck(Strand me) {
    next = null;
    if (!isOver() && me.canGo()) {
      return;
    }
    boolean initialises = me.masked > 0;
    String reason =
        Teller.nameOf(me)
            + " cannot be left: it waits "
            + (initialises ? "while it initialises a class" : "within native code: " + me.pinned);
    if (initialises) {
      // The JVM will not initialise that class again.
      spoilt = reason;
    }
    ends(new Ending.Abandoned(reason));
    throw Abort.INSTANCE;
  }

  /** Who goes on; null if the run is over. */
  private @Nullable Strand choose(@Nullable Strand last) {
    while (!isOver() && isWanted()) {
      long soonest = look(last);
      if (ready.size() == 0) {
        over = Over.STANDSTILL;
      } else if (steps >= limit) {
        over = Over.ENDLESS;
      } else {
        steps++;
        int index = chooser.choose(ready);
        if (!ready.isTime(index)) {
          return ready.strand(index);
        }
        passTime(soonest);
      }
    }
    return null;
  }

  private boolean isWanted() {
    if (heeded == 0) {
      ends(new Ending.Completed());
    }
    return heeded > 0;
  }

  /** Finds out who could go on, and returns the next moment that somebody waits for. */
  private long look(@Nullable Strand last) {
    ready.clear(count);
    long soonest = Strand.NEVER;
    boolean quiet = false;
    boolean early = false;
    boolean timeless = false;
    for (int i = 0; i < living; i++) {
      Strand strand = live[i];
      if (strand.canGo()) {
        ready.add(strand, last);
        timeless |= strand.holdsTime;
      } else {
        quiet |= strand.state == Strand.State.QUIET;
        if (strand.wake < soonest) {
          soonest = strand.wake;
          early = strand.state == Strand.State.SLEEPING || soonest - time.nanos() <= LONGEST_EARLY;
        }
      }
    }
    if (ready.strands() == 0) {
      addQuiet(last);
    }
    if (soonest != Strand.NEVER && (ready.strands() == 0 || (!quiet && early && !timeless))) {
      ready.addTime();
    }
    return soonest;
  }

  private void addQuiet(@Nullable Strand last) {
    for (int i = 0; i < living; i++) {
      if (live[i].state == Strand.State.QUIET) {
        live[i].wakeUp();
        ready.add(live[i], last);
      }
    }
  }

  /** Moves time to this moment, and ends the waits that end by then. */
  void passTime(long to) {
    if (teller != null) {
      teller.timePasses(strands[0], to - time.nanos());
    }
    time.moveTo(to);
    for (int i = 0; i < living; i++) {
      Strand strand = live[i];
      if (strand.wake <= to) {
        if (strand.on != null && strand.state == Strand.State.WAITING) {
          strand.on.removeWaiter(strand);
        }
        wake(strand);
        strand.timedOut = true;
      }
    }
  }

  /** The next moment somebody waits for, or {@link Strand#NEVER}. */
  long soonest() {
    long soonest = Strand.NEVER;
    for (int i = 0; i < living; i++) {
      soonest = Math.min(soonest, live[i].wake);
    }
    return soonest;
  }
}
