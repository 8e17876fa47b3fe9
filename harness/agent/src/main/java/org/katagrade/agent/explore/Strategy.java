package org.katagrade.agent.explore;

/**
 * A way to choose schedules. One object serves many runs, one after another.
 *
 * <p>What all ways have in common is here: time moves when no thread can go on, and seldom before;
 * threads that yield mostly let others go first; and after half of the steps that a run may have
 * everybody gets a turn, so that a run which never ends does so although everybody was let go.
 */
abstract class Strategy implements Chooser {

  /**
   * In one choice of so many a thread that asked to let others go first is not heard. Chosen for
   * each run, so that spinners are kept out of most.
   */
  private static final int[] RUDE = {4, 16, 64};

  /** The same for runs in which time passes early: who has timed out may then go on at once. */
  private static final int[] HASTY = {1, 1, 2, 4};

  /** As above, in the part of a run in which everybody is to have turns. */
  private static final int FAIR = 2;

  /** Time passes after a sixteenth of a run's steps, though somebody has gone on all along. */
  private static final int WHILE = 16;

  final Dice dice = new Dice(0);
  private final EarlyTime early = new EarlyTime();
  private Extent extent = Extent.unknown(Integer.MAX_VALUE);
  private int choices;
  private int contested;
  private int threads;
  private int waiting;
  private int rude;
  private boolean polite;

  /** The name by which reports call it. */
  abstract String name();

  /** Draws what a run's choices depend on. */
  abstract void begin(Extent known);

  /**
   * Chooses among the threads, of which there are two or more for which {@link #open} holds.
   *
   * @param size how many of the candidates are threads; they come first
   */
  abstract int pick(Candidates now, int size);

  /** Hears of every step of a thread, just before it. */
  void step(Candidates now, int size, int chosen) {}

  /** Gets ready for another run. */
  final void begin(long seed, Extent known) {
    dice.seed(seed);
    extent = known;
    choices = 0;
    contested = 0;
    threads = 0;
    waiting = 0;
    early.begin(dice, known);
    int[] manners = early.mayCome() ? HASTY : RUDE;
    rude = manners[dice.below(manners.length)];
    begin(known);
  }

  /** What is known of the program after this run. */
  final Extent extent() {
    return extent.after(contested, early.chances(), threads);
  }

  /** How many choices there were in this run, so far, in which two or more threads could go on. */
  final int contested() {
    return contested;
  }

  @Override
  public final int choose(Candidates now) {
    choices++;
    threads = now.threads();
    int size = now.size();
    boolean timed = now.isTime(size - 1);
    if (timed) {
      size--;
    }
    int eager = 0;
    for (int i = 0; i < size; i++) {
      eager += now.yields(i) ? 0 : 1;
    }
    if (timed && passes(size, eager)) {
      waiting = 0;
      return size;
    }
    polite = eager > 0 && eager < size && !dice.onceIn(isLate() ? FAIR : rude);
    int chosen;
    if (size == 1 || (polite && eager == 1)) {
      chosen = next(now, size, 0);
    } else {
      chosen = isLate() ? any(now, size) : pick(now, size);
      contested++;
    }
    step(now, size, chosen);
    return chosen;
  }

  private boolean passes(int size, int eager) {
    if (size == 0) {
      return true;
    }
    waiting++;
    if (eager == 0) {
      return dice.onceIn(2);
    }
    return (early.comes(dice) && !isLate()) || waiting > extent.limit() / WHILE;
  }

  private boolean isLate() {
    return choices > extent.limit() / 2;
  }

  @Override
  public int among(int count) {
    return dice.below(count);
  }

  /** Whether a thread may be picked now: it does not yield, or nobody else can go, or by chance. */
  final boolean open(Candidates now, int index) {
    return !polite || !now.yields(index);
  }

  /** Any thread that may be picked, each as likely as the others. */
  final int any(Candidates now, int size) {
    int open = 0;
    for (int i = 0; i < size; i++) {
      open += open(now, i) ? 1 : 0;
    }
    return next(now, size, dice.below(open));
  }

  /** The thread that made the last step, if it may be picked; else -1. */
  final int current(Candidates now) {
    int current = now.current();
    return current >= 0 && !now.isTime(current) && open(now, current) ? current : -1;
  }

  private int next(Candidates now, int size, int skipped) {
    int left = skipped;
    for (int i = 0; i < size; i++) {
      if (open(now, i) && left-- == 0) {
        return i;
      }
    }
    throw new IllegalStateException("there is no such candidate");
  }
}
