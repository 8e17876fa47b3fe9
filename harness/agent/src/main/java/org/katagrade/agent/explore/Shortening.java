package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The search for a schedule with fewer switches that ends the same way: turns are left out, joined,
 * and made longer, and what is left is tried, until nothing of that helps. Finds a schedule from
 * which no single turn can be taken, not always the shortest there is.
 */
final class Shortening {

  private static final int MOST_RUNS = 2_000;
  private static final long MOST_CHOICES = 200_000;

  private static final int MOST_PREFIXES = 20;

  /** More than any thread goes on: until it cannot. */
  private static final int ALL = Integer.MAX_VALUE / 2;

  private final Runner runner;
  private final int steps;
  private final Likeness wanted;
  private final BooleanSupplier more;
  private final Recorder recorder = new Recorder();
  private final Set<Integer> tried = new HashSet<>();
  private final boolean endless;
  private Schedule best = new Schedule(List.of());
  private int runs;
  private long choices;

  /**
   * @param endless whether the run was ended from outside, since it came to no end
   * @param wanted how a run has to end
   * @param more whether there is processor time left
   */
  Shortening(Runner runner, int steps, boolean endless, Likeness wanted, BooleanSupplier more) {
    this.runner = runner;
    this.steps = steps;
    this.wanted = wanted;
    this.more = more;
    this.endless = endless;
  }

  /** The shortest schedule that was found, or the given one. */
  Schedule of(Schedule found) {
    best = found.merged();
    if (endless && !startsAnEndlessRun()) {
      return found;
    }
    cutTail();
    int before;
    do {
      before = runs;
      Schedule last = best;
      leaveOut();
      join();
      lengthen();
      chooseFirst();
      if (last.equals(best)) {
        break;
      }
    } while (runs > before);
    return endless ? best : plainest(withoutTheObvious());
  }

  /**
   * Keeps the first half. A run only counts as endless if in the other one everybody has turns,
   * which the schedule must not keep them from.
   */
  private boolean startsAnEndlessRun() {
    List<Turn> first = new ArrayList<>();
    long left = steps / 2;
    for (Turn turn : best.turns()) {
      if (left > 0) {
        first.add(turn.times((int) Math.min(left, turn.count())));
        left -= turn.count();
      }
    }
    return tries(first);
  }

  private void cutTail() {
    List<Turn> turns = best.turns();
    for (int kept = 0; kept < turns.size(); kept = Math.max(1, 2 * kept)) {
      if (tries(turns.subList(0, kept))) {
        return;
      }
    }
  }

  private void leaveOut() {
    for (int size = Math.max(1, best.turns().size() / 2); size >= 1; size /= 2) {
      for (int at = best.turns().size() - size; at >= 0; at -= size) {
        at = Math.min(at, best.turns().size() - size);
        if (at < 0) {
          break;
        }
        List<Turn> rest = new ArrayList<>(best.turns());
        rest.subList(at, at + size).clear();
        tries(rest);
      }
    }
  }

  /** Two turns of a thread become one, where the first is or where the second is. */
  private void join() {
    for (int second = 1; second < best.turns().size(); second++) {
      int first = before(best.turns(), second);
      if (first >= 0 && !tries(joined(first, second, first))) {
        tries(joined(first, second, second));
      }
    }
  }

  private static int before(List<Turn> turns, int second) {
    for (int first = second - 1; first >= 0; first--) {
      if (turns.get(first).continues(turns.get(second))) {
        return first;
      }
    }
    return -1;
  }

  private List<Turn> joined(int first, int second, int at) {
    List<Turn> turns = new ArrayList<>(best.turns());
    int count = turns.get(first).count() + turns.get(second).count();
    turns.set(at, turns.get(at).times(count));
    turns.remove(at == first ? second : first);
    return turns;
  }

  private void lengthen() {
    for (int at = 0; at < best.turns().size(); at++) {
      Turn turn = best.turns().get(at);
      if (turn.kind() == Turn.Kind.THREAD && !endless) {
        List<Turn> turns = new ArrayList<>(best.turns());
        turns.set(at, turn.times(ALL));
        tries(turns);
      }
    }
  }

  /** Of things to choose among the first is the plainest. */
  private void chooseFirst() {
    for (int at = 0; at < best.turns().size(); at++) {
      Turn turn = best.turns().get(at);
      if (turn.kind() == Turn.Kind.AMONG && turn.choice() > 0) {
        List<Turn> turns = new ArrayList<>(best.turns());
        turns.set(at, new Turn(Turn.Kind.AMONG, 0, turn.count()));
        tries(turns);
      }
    }
  }

  /** Leaves out the last turns as far as a replay takes them by itself. */
  private Schedule withoutTheObvious() {
    int least = 0;
    int enough = best.turns().size();
    while (least < enough) {
      int middle = (least + enough) / 2;
      Schedule start = new Schedule(best.turns().subList(0, middle));
      if (isAsWanted(start) && recorder.schedule().equals(best)) {
        enough = middle;
      } else {
        least = middle + 1;
      }
    }
    return new Schedule(best.turns().subList(0, enough));
  }

  /** The shortest beginning of it that a replay ends as wanted, with no more switches. */
  private Schedule plainest(Schedule schedule) {
    List<Turn> turns = schedule.turns();
    for (int kept = 0; kept < Math.min(turns.size(), MOST_PREFIXES); kept++) {
      Schedule start = new Schedule(turns.subList(0, kept));
      if (isAsWanted(start) && recorder.schedule().switches() <= best.switches()) {
        return start;
      }
    }
    return schedule;
  }

  private boolean tries(List<Turn> turns) {
    // First, for a long schedule takes long to be looked at.
    if (runs >= MOST_RUNS || choices >= MOST_CHOICES || !more.getAsBoolean()) {
      return false;
    }
    Schedule candidate = new Schedule(turns).merged();
    if (!tried.add(candidate.hashCode()) || !isAsWanted(candidate)) {
      return false;
    }
    Schedule actual = endless ? candidate : recorder.schedule();
    if (isShorter(actual, best)) {
      best = actual;
      return true;
    }
    return false;
  }

  private boolean isAsWanted(Schedule candidate) {
    recorder.begin(new Replayer(candidate));
    Run run = runner.run(recorder, steps, false);
    runs++;
    choices += run.steps();
    return Likeness.of(run.ending()).equals(wanted);
  }

  private static boolean isShorter(Schedule one, Schedule other) {
    if (one.switches() != other.switches()) {
      return one.switches() < other.switches();
    }
    if (one.turns().size() != other.turns().size()) {
      return one.turns().size() < other.turns().size();
    }
    long surprises = surprises(other) - surprises(one);
    return surprises != 0 ? surprises > 0 : one.choices() < other.choices();
  }

  /** Sum of what was chosen among things, where the first would have been plainer. */
  private static long surprises(Schedule schedule) {
    long surprises = 0;
    for (Turn turn : schedule.turns()) {
      surprises += turn.kind() == Turn.Kind.AMONG ? (long) turn.choice() * turn.count() : 0;
    }
    return surprises;
  }
}
