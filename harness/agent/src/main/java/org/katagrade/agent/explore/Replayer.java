package org.katagrade.agent.explore;

import java.util.List;

/** Makes the choices of a schedule, and what {@link Schedule} says where there is none. */
final class Replayer implements Chooser {

  /** So many steps a thread goes on before others have a turn, where the schedule says nothing. */
  private static final int PATIENCE = 500;

  private final List<Turn> turns;
  private int turn;
  private int done;
  private int last;
  private int stretch;
  private int waiting;
  private boolean passed;

  Replayer(Schedule schedule) {
    turns = schedule.turns();
  }

  @Override
  public int choose(Candidates now) {
    int index = planned(now);
    if (index < 0) {
      index = unplanned(now);
    }
    boolean time = now.isTime(index);
    boolean timed = now.isTime(now.size() - 1);
    waiting = time || !timed ? 0 : waiting + 1;
    passed = time;
    if (!time) {
      int thread = now.thread(index);
      stretch = thread == last ? stretch + 1 : 1;
      last = thread;
    }
    return index;
  }

  private int planned(Candidates now) {
    while (turn < turns.size()) {
      Turn planned = turns.get(turn);
      int index = planned.kind() == Turn.Kind.AMONG ? -1 : indexOf(now, planned);
      if (index >= 0) {
        count(planned);
        return index;
      }
      turn++;
      done = 0;
    }
    return -1;
  }

  private void count(Turn planned) {
    done++;
    if (done == planned.count()) {
      turn++;
      done = 0;
    }
  }

  private static int indexOf(Candidates now, Turn planned) {
    boolean time = planned.kind() == Turn.Kind.TIME;
    for (int i = 0; i < now.size(); i++) {
      if (now.isTime(i) ? time : !time && now.thread(i) == planned.choice()) {
        return i;
      }
    }
    return -1;
  }

  private int unplanned(Candidates now) {
    int size = now.size();
    boolean timed = now.isTime(size - 1);
    int threads = timed ? size - 1 : size;
    int current = now.current();
    boolean runs = current >= 0 && !now.isTime(current);
    boolean tired = stretch >= PATIENCE;
    if (threads == 0 || (timed && waiting >= PATIENCE)) {
      return threads;
    }
    if (runs && !now.yields(current) && !tired) {
      return current;
    }
    int after = runs ? now.thread(current) : -1;
    int eager = tired ? -1 : next(now, threads, after, false);
    if (eager >= 0) {
      return eager;
    }
    // All yield, and nobody else is there whom they could wait for.
    return timed && !passed ? threads : next(now, threads, after, true);
  }

  /** The first thread after that one, or else the first of all; -1 if there is none. */
  private static int next(Candidates now, int threads, int after, boolean yielding) {
    int first = -1;
    for (int i = 0; i < threads; i++) {
      if (yielding || !now.yields(i)) {
        if (now.thread(i) > after) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return first;
  }

  @Override
  public int among(int count) {
    if (turn < turns.size() && turns.get(turn).kind() == Turn.Kind.AMONG) {
      Turn planned = turns.get(turn);
      count(planned);
      return Math.min(planned.choice(), count - 1);
    }
    return 0;
  }
}
