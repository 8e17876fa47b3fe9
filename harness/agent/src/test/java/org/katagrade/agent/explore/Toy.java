package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small program of threads that share variables and locks, interpreted step by step: a runner for
 * which no agent is needed. Thread 0 is there from the beginning and starts the others.
 */
final class Toy implements Runner {

  private static final int OBJECTS = 16;
  private static final int REGISTERS = 4;

  private final List<List<Op>> codes;

  private Toy(List<List<Op>> codes) {
    this.codes = codes;
  }

  /** A program whose thread 0 does what is given first. */
  static Toy of(Code... codes) {
    return new Toy(Arrays.stream(codes).map(Code::ops).toList());
  }

  /** A program whose thread 0 starts the others, waits for them, and does the last thing. */
  static Toy crowd(Code last, Code... crowd) {
    Code main = new Code();
    for (int thread = 1; thread <= crowd.length; thread++) {
      main.start(thread);
    }
    for (int thread = 1; thread <= crowd.length; thread++) {
      main.join(thread);
    }
    List<List<Op>> codes = new ArrayList<>();
    List<Op> all = new ArrayList<>(main.ops());
    all.addAll(last.ops());
    codes.add(all);
    for (Code code : crowd) {
      codes.add(code.ops());
    }
    return new Toy(codes);
  }

  @Override
  public Run run(Chooser chooser, int steps, boolean told) {
    return new Machine(chooser, told).run(steps);
  }

  private enum State {
    ABSENT,
    READY,
    WAITING,
    NOTIFIED,
    ASLEEP,
    ENDED
  }

  private static final class Failure extends AssertionError {
    private static final long serialVersionUID = 1;

    Failure(String message, int thread, int at) {
      super(message);
      setStackTrace(
          new StackTraceElement[] {new StackTraceElement("toy.Thread" + thread, "run", null, at)});
    }
  }

  /** One run. */
  private final class Machine implements Candidates {
    private final Chooser chooser;
    private final boolean told;
    private final List<Step> story = new ArrayList<>();
    private final int[] shared = new int[OBJECTS];
    private final int[] owners = new int[OBJECTS];
    private final int count = codes.size();
    private final State[] states = new State[count];
    private final int[] at = new int[count];
    private final int[][] registers = new int[count][REGISTERS];
    private final long[] wakesAt = new long[count];
    private final boolean[] yields = new boolean[count];
    private final int[] ready = new int[count];
    private int size;
    private boolean timed;
    private int current;
    private int started = 1;
    private long now;
    private @Nullable Ending ending;

    Machine(Chooser chooser, boolean told) {
      this.chooser = chooser;
      this.told = told;
      Arrays.fill(owners, -1);
      Arrays.fill(states, State.ABSENT);
      states[0] = State.READY;
    }

    Run run(int steps) {
      int done = 0;
      goOn(0);
      while (ending == null) {
        look();
        if (size == 0 && !timed) {
          ending = standstill();
        } else if (done == steps) {
          ending = new Ending.Livelock(standing());
        } else {
          done++;
          int index = chooser.choose(this);
          if (isTime(index)) {
            pass();
          } else {
            current = ready[index];
            step(current);
          }
        }
      }
      List<String> names = new ArrayList<>();
      for (int thread = 0; thread < started; thread++) {
        names.add("thread-" + thread);
      }
      return new Run(new Schedule(List.of()), ending, done, new Story(names, story, false));
    }

    private void look() {
      size = 0;
      timed = false;
      for (int thread = 0; thread < count; thread++) {
        timed |= states[thread] == State.ASLEEP;
        if (canGoOn(thread)) {
          ready[size++] = thread;
        }
      }
    }

    private boolean canGoOn(int thread) {
      if (states[thread] == State.NOTIFIED) {
        return owners[op(thread).object()] < 0;
      }
      if (states[thread] != State.READY) {
        return false;
      }
      return switch (op(thread)) {
        case Op.Lock lock -> owners[lock.object()] < 0;
        case Op.Join join -> states[join.thread()] == State.ENDED;
        default -> true;
      };
    }

    private Op op(int thread) {
      return codes.get(thread).get(at[thread]);
    }

    private void pass() {
      long next = Long.MAX_VALUE;
      for (int thread = 0; thread < count; thread++) {
        next = states[thread] == State.ASLEEP ? Math.min(next, wakesAt[thread]) : next;
      }
      now = next;
      for (int thread = 0; thread < count; thread++) {
        if (states[thread] == State.ASLEEP && wakesAt[thread] <= now) {
          states[thread] = State.READY;
          yields[thread] = true;
        }
      }
      current = -1;
    }

    private void step(int thread) {
      yields[thread] = false;
      Op op = op(thread);
      if (told) {
        story.add(new Step(thread, op.toString(), null));
      }
      if (states[thread] == State.NOTIFIED) {
        owners[op.object()] = thread;
        states[thread] = State.READY;
        at[thread]++;
        goOn(thread);
        return;
      }
      switch (op) {
        case Op.Read read -> registers[thread][read.register()] = shared[read.object()];
        case Op.Write write -> shared[write.object()] = write.value().applyAsInt(registers[thread]);
        case Op.Lock lock -> owners[lock.object()] = thread;
        case Op.Unlock unlock -> owners[unlock.object()] = -1;
        case Op.Await wait -> {
          owners[wait.object()] = -1;
          states[thread] = State.WAITING;
          return;
        }
        case Op.Notify notify -> notify(notify);
        case Op.Yield _ -> yields[thread] = true;
        case Op.Sleep sleep -> {
          states[thread] = State.ASLEEP;
          wakesAt[thread] = now + sleep.ticks();
        }
        case Op.Start start -> {
          states[start.thread()] = State.READY;
          started = Math.max(started, start.thread() + 1);
          goOn(start.thread());
        }
        case Op.Join _ -> {}
        case Op.Compute _, Op.Jump _, Op.Check _ -> throw new AssertionError(op);
      }
      at[thread]++;
      goOn(thread);
    }

    private void notify(Op.Notify notify) {
      int waiting = 0;
      for (int thread = 0; thread < count; thread++) {
        waiting += isWaitingFor(thread, notify.object()) ? 1 : 0;
      }
      int left = notify.all() || waiting < 2 ? 0 : chooser.among(waiting);
      for (int thread = 0; thread < count; thread++) {
        if (isWaitingFor(thread, notify.object())) {
          if (notify.all() || left-- == 0) {
            states[thread] = State.NOTIFIED;
          }
        }
      }
    }

    private boolean isWaitingFor(int thread, int lock) {
      return states[thread] == State.WAITING && op(thread).object() == lock;
    }

    private void goOn(int thread) {
      List<Op> code = codes.get(thread);
      while (at[thread] < code.size() && code.get(at[thread]).isLocal() && ending == null) {
        switch (code.get(at[thread])) {
          case Op.Compute compute -> compute.on().accept(registers[thread]);
          case Op.Jump jump ->
              at[thread] = jump.when().test(registers[thread]) ? jump.target() - 1 : at[thread];
          case Op.Check check -> {
            if (!check.holds().test(registers[thread])) {
              ending =
                  new Ending.Wrong(
                      new Failure(check.otherwise(), thread, at[thread]), "thread-" + thread);
            }
          }
          default -> throw new AssertionError();
        }
        at[thread]++;
      }
      if (at[thread] == code.size()) {
        states[thread] = State.ENDED;
      }
    }

    private Ending standstill() {
      boolean all = true;
      boolean locked = false;
      for (int thread = 0; thread < started; thread++) {
        all &= states[thread] == State.ENDED;
        locked |= states[thread] == State.READY && op(thread) instanceof Op.Lock;
      }
      if (all) {
        return new Ending.Completed();
      }
      return locked ? new Ending.Deadlock(standing()) : new Ending.LostWakeup(standing());
    }

    private List<Standing> standing() {
      List<Standing> standing = new ArrayList<>();
      for (int thread = 0; thread < started; thread++) {
        if (states[thread] != State.ENDED) {
          standing.add(
              new Standing("thread-" + thread, false, List.of(), null, List.of(), List.of()));
        }
      }
      return standing;
    }

    @Override
    public int size() {
      return timed ? size + 1 : size;
    }

    @Override
    public int thread(int index) {
      return ready[index];
    }

    @Override
    public boolean isTime(int index) {
      return index == size;
    }

    @Override
    public int object(int index) {
      return op(ready[index]).object();
    }

    @Override
    public boolean reads(int index) {
      return op(ready[index]) instanceof Op.Read;
    }

    @Override
    public boolean yields(int index) {
      return index < size && yields[ready[index]];
    }

    @Override
    public int current() {
      for (int i = 0; i < size; i++) {
        if (ready[i] == current) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public int threads() {
      return started;
    }
  }
}
