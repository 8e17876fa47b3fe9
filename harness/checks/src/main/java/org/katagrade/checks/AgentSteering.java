package org.katagrade.checks;

import java.util.List;
import org.katagrade.agent.explore.Control;
import org.katagrade.agent.explore.Standing;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.LeakedThread;

/** The explorer of the agent; the only class of the vocabulary that knows of its controls. */
final class AgentSteering implements Steering {

  @Override
  public boolean isOn() {
    return Control.isOn();
  }

  @Override
  public void awaitQuiet() {
    Control.awaitQuiet();
  }

  @Override
  public boolean canTimePass() {
    return Control.canTimePass();
  }

  @Override
  public void letTimePass() {
    Control.letTimePass();
  }

  @Override
  public void holdTime() {
    Control.holdTime();
  }

  @Override
  public long nanos() {
    return Control.nanos();
  }

  @Override
  public int choose(int count) {
    return Control.choose(count);
  }

  @Override
  public List<Left> threads() {
    return Control.threads().entrySet().stream()
        .map(each -> new Left(each.getKey(), shown(each.getValue())))
        .toList();
  }

  @Override
  public void threw(Throwable thrown) {
    Control.threw(thrown);
  }

  @Override
  public void stop(Thread thread, int steps) {
    Control.stop(thread, steps);
  }

  @Override
  public void goOn(Thread thread) {
    Control.goOn(thread);
  }

  @Override
  public void giveUp() {
    Control.giveUp();
  }

  private static LeakedThread shown(Standing standing) {
    return LeakedThread.of(
        standing.thread(),
        standing.virtual(),
        standing.stack().stream().map(Frame::of).toList(),
        standing.startedAt().stream().map(Frame::of).toList());
  }
}
