package org.katagrade.checks;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.checks.standstill.Observer;

/** Decides when a check that waits need not wait any longer: when nobody can go on. */
final class Patience {

  /** How long to wait before having another look at the threads. */
  static final long GLANCE_MILLIS = 10;

  private final Observer observer = Observer.begin();
  private @Nullable Standstill standstill;

  private Patience() {}

  static Patience begin() {
    return new Patience();
  }

  /** Has a look; true if nobody can go on and no meeting could be ended to change that. */
  boolean exhausted() throws InterruptedException {
    standstill = observer.look();
    if (standstill == null) {
      return false;
    }
    if (Meeting.giveUpAll()) {
      standstill = null;
      return false;
    }
    return true;
  }

  /** What was seen when patience ended. */
  Standstill standstill() {
    if (standstill == null) {
      throw new IllegalStateException("somebody can still go on");
    }
    return standstill;
  }

  /** The waiting threads in a sentence. */
  String explain() {
    return standstill().threads().stream()
        .filter(thread -> thread.waiting() != null)
        .map(Patience::explain)
        .collect(Collectors.joining("; "));
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
