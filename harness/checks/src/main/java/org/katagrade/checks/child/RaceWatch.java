package org.katagrade.checks.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Race;
import org.katagrade.agent.race.Races;
import org.katagrade.agent.race.Site;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;

/** Collects the races of checks that run with real threads under the agent. */
final class RaceWatch {

  /** More of them teach nothing. */
  private static final int MOST = 5;

  private final ConcurrentLinkedQueue<Race> found = new ConcurrentLinkedQueue<>();

  RaceWatch() {
    Races.listen(found::add);
  }

  /** What the detector saw since it was last asked. */
  RacesSeen races() {
    Races.settle();
    List<DataRace> races = found.stream().limit(MOST).map(RaceWatch::evidence).toList();
    found.clear();
    Races.forget();
    return new RacesSeen(races, 0, null);
  }

  /** The outcome of the check that has just run, if the detector did not fail in it. */
  Outcome outcome(Outcome otherwise) {
    Throwable fault = Faults.first();
    return fault == null || isTheirs(fault, otherwise)
        ? otherwise
        : new Outcome.Faulty("the race detector failed: " + Faults.text(fault));
  }

  /** Whether the detector has failed; then nothing that follows in this JVM can be told. */
  boolean isBroken() {
    return Faults.first() != null;
  }

  /** A recursion without end may reach the end of the stack within the detector. */
  private static boolean isTheirs(Throwable fault, Outcome otherwise) {
    return fault instanceof StackOverflowError && !(otherwise instanceof Outcome.Passed);
  }

  /** A race as evidence. */
  static DataRace evidence(Race race) {
    List<Race.Held> locks = new ArrayList<>(race.current().held());
    locks.addAll(race.previous().held());
    return new DataRace(
        race.variable(), access(race.current(), locks), access(race.previous(), locks));
  }

  private static DataRace.Access access(Race.Side side, List<Race.Held> locks) {
    return new DataRace.Access(
        side.write(),
        side.thread(),
        side.stack().stream().map(RaceWatch::frame).toList(),
        side.held().stream()
            .map(held -> new HeldLock(lock(held, locks), frame(held.site())))
            .toList());
  }

  /** Numbered from 1 among the locks of its class in this race. */
  private static Lock lock(Race.Held held, List<Race.Held> all) {
    List<Integer> numbers =
        all.stream()
            .filter(other -> other.type().equals(held.type()))
            .map(Race.Held::number)
            .distinct()
            .toList();
    return new Lock(held.type(), numbers.indexOf(held.number()) + 1);
  }

  private static Frame frame(Site site) {
    return new Frame(site.type(), site.method(), site.file(), site.line() == 0 ? -1 : site.line());
  }
}
