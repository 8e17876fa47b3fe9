package org.katagrade.checks;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.checks.standstill.Observer;
import org.katagrade.checks.standstill.Waits;

/**
 * Decides when a check that waits need not wait any longer: when nobody can go on. For use by one
 * thread.
 */
public final class Patience implements Surroundings.Impasse {

  /** How long to wait before having another look at the threads. */
  public static final long GLANCE_MILLIS = 10;

  private final Observer observer = Observer.begin();
  private @Nullable Standstill standstill;

  private Patience() {}

  /** Begins with nothing seen. */
  public static Patience begin() {
    return new Patience();
  }

  /** Has a look; true if nobody can go on and no meeting could be ended to change that. */
  public boolean exhausted() throws InterruptedException {
    standstill = observer.look();
    if (standstill == null) {
      return false;
    }
    if (RealThreads.OF_THIS_JVM.scene().giveUpMeetings()) {
      standstill = null;
      return false;
    }
    return true;
  }

  private Standstill standstill() {
    if (standstill == null) {
      throw new IllegalStateException("somebody can still go on");
    }
    return standstill;
  }

  @Override
  public AssertionError error(String expected) {
    String message = expected + because();
    return Waits.any() ? new AssertionError(message) : new StuckError(message, standstill());
  }

  @Override
  public String because() {
    String waiting =
        standstill().threads().stream()
            .filter(thread -> thread.waiting() != null)
            .map(Patience::explain)
            .collect(Collectors.joining("; "));
    return waiting.isEmpty() ? "" : ": " + waiting;
  }

  private static String explain(ThreadSnapshot thread) {
    Waiting waiting = thread.waiting();
    String text = "'" + thread.name() + "' waits";
    if (waiting != null && waiting.lock() != null) {
      text += " for " + waiting.lock();
      text += waiting.holder() == null ? "" : " held by '" + waiting.holder() + "'";
    }
    return text;
  }
}
