package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves every choice to another chooser, and writes it down. Serves many runs. */
final class Recorder implements Chooser {

  private static final Turn.Kind[] KINDS = Turn.Kind.values();

  private @Nullable Chooser chooser;
  private int[] kinds = new int[64];
  private int[] chosen = new int[64];
  private int[] counts = new int[64];
  private int turns;

  /** Gets ready for a run under this chooser. */
  void begin(Chooser next) {
    chooser = next;
    turns = 0;
  }

  @Override
  public int choose(Candidates candidates) {
    int index = chooser().choose(candidates);
    if (candidates.isTime(index)) {
      note(Turn.Kind.TIME, 0);
    } else {
      note(Turn.Kind.THREAD, candidates.thread(index));
    }
    return index;
  }

  @Override
  public int among(int count) {
    int choice = chooser().among(count);
    note(Turn.Kind.AMONG, choice);
    return choice;
  }

  private Chooser chooser() {
    if (chooser == null) {
      throw new IllegalStateException("no run has begun");
    }
    return chooser;
  }

  private void note(Turn.Kind kind, int choice) {
    int last = turns - 1;
    if (last >= 0 && kinds[last] == kind.ordinal() && chosen[last] == choice) {
      counts[last]++;
      return;
    }
    if (turns == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * turns);
      chosen = Arrays.copyOf(chosen, 2 * turns);
      counts = Arrays.copyOf(counts, 2 * turns);
    }
    kinds[turns] = kind.ordinal();
    chosen[turns] = choice;
    counts[turns] = 1;
    turns++;
  }

  /** The choices of the run so far. */
  Schedule schedule() {
    List<Turn> all = new ArrayList<>(turns);
    for (int i = 0; i < turns; i++) {
      all.add(new Turn(KINDS[kinds[i]], chosen[i], counts[i]));
    }
    return new Schedule(all);
  }
}
