package kata17;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.katagrade.checks.Check;
import org.katagrade.checks.Clock;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Eventually;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Gate;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Leaks;

/**
 * Hidden checks for kata 17.
 *
 * <p>Not looked at: histories of short races that no callback of ours reaches into. Lincheck needs
 * more than ten seconds of processor time for a pool with a line, even with one operation a thread.
 */
@Graded(race = 10, rules = 5)
public final class PoolChecks {

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  @Check(
      points = 3,
      title = "a connection given back is lent again before a new one is opened",
      hint = "When does the factory have to be asked, and where do connections lie in between?")
  void reusesConnections() throws Exception {
    Network network = new Network();
    ConnectionPool pool = new Solution(2, network);
    assertThat(network.opened()).as("connections opened before anybody asked").isZero();
    Connection first = pool.acquire();
    Connection second = pool.acquire(FOREVER);
    assertThat(second).as("the second of two connections lent at once").isNotSameAs(first);
    assertThat(pool.stats()).as("both lent").isEqualTo(new Stats(2, 2, 0, 0));
    pool.release(first);
    assertThat(pool.stats()).as("one lent, one idle").isEqualTo(new Stats(2, 2, 1, 0));
    assertThat(pool.acquire(AT_ONCE)).as("the connection that was idle").isSameAs(first);
    pool.release(second);
    pool.release(first);
    assertThat(pool.stats()).as("both idle").isEqualTo(new Stats(2, 2, 2, 0));
    for (int i = 0; i < 10; i++) {
      pool.release(pool.acquire());
    }
    assertThat(network.opened()).as("connections opened for two callers at once").isEqualTo(2);
    assertThat(network.stillOpen()).as("connections still open").hasSize(2);

    Network roomy = new Network();
    ConnectionPool ten = new Solution(10, roomy);
    for (int i = 0; i < 10; i++) {
      ten.release(ten.acquire());
    }
    assertThat(roomy.opened()).as("connections opened for one caller at a time").isEqualTo(1);
  }

  @Check(
      points = 7,
      title = "there are never more open connections than allowed",
      hint = "Does a connection that is only being opened count?")
  @Explored
  void neverMoreThanAllowed() throws Exception {
    Network slow = new Network();
    ConnectionPool two = new Solution(2, slow);
    try (Gate opening = slow.holdOpening();
        Crowd<Void> callers = Crowd.of(5, () -> useOne(two))) {
      opening.awaitArrivals(2);
      callers.allBlock();
      assertThat(opening.arrivals())
          .as("connections being opened for 5 callers, where 2 are allowed")
          .isEqualTo(2);
      assertThat(two.stats())
          .as("two being opened, three callers in line")
          .isEqualTo(new Stats(2, 2, 0, 3));
      opening.open();
      callers.allFinish();
    }
    for (int size : Effort.crowds()) {
      Network network = new Network();
      ConnectionPool pool = new Solution(3, network);
      try (Crowd<Void> callers = Crowd.of(size, () -> useSeveral(pool))) {
        callers.allFinish();
      }
      assertThat(network.mostOpen())
          .as("most connections open at once with a crowd of %d, where 3 are allowed", size)
          .isLessThanOrEqualTo(3);
      Stats stats = pool.stats();
      assertThat(stats)
          .as("every connection idle after all were given back")
          .isEqualTo(new Stats(3, network.opened(), network.opened(), 0));
    }
  }

  @Check(
      points = 8,
      title = "a factory that takes its time holds up nobody else",
      hint = "What does a caller hold while it waits for the server?")
  @Explored
  void opensWithoutHoldingOthersUp() throws Exception {
    Network network = new Network();
    ConnectionPool pool = new Solution(3, network);
    Connection first = pool.acquire();
    try (Gate opening = network.holdOpening();
        Crowd<Void> opener = Crowd.of(1, () -> useOne(pool))) {
      opening.awaitArrivals(1);
      try (Crowd<Stats> others =
          Crowd.of(
              1,
              () -> {
                pool.release(first);
                assertThat(pool.acquire()).as("the idle connection").isSameAs(first);
                return pool.stats();
              })) {
        others.allFinish();
        assertThat(others.results())
            .as("one lent, one being opened")
            .containsExactly(new Stats(3, 2, 0, 0));
      }
      try (Crowd<Void> secondOpener = Crowd.of(1, () -> useOne(pool))) {
        opening.awaitArrivals(2);
        opening.open();
        secondOpener.allFinish();
      }
      opener.allFinish();
    }
  }

  @Check(
      points = 7,
      title = "a connection that could not be opened costs no place",
      hint = "Which ways lead out of the call of the factory, and who waits for the place?")
  @Explored
  void failedOpenCostsNoPlace() throws Exception {
    Network network = new Network();
    ConnectionPool pool = new Solution(1, network);
    for (Throwable failure :
        List.of(
            new IOException("no route to host"),
            new IllegalStateException("a broken driver"),
            new LinkageError("a missing driver"))) {
      network.failNext(failure);
      assertThatThrownBy(
              () -> pool.acquire(AT_ONCE),
              "acquire while the factory throws, which must throw the same")
          .isSameAs(failure);
      Connection next = mustHave(pool);
      ((Line) next).die();
      pool.release(next);
    }
    network.failNext(new IOException("no route to host"));
    try (Gate opening = network.holdOpening();
        Crowd<Connection> unlucky = Crowd.of(1, () -> pool.acquire())) {
      opening.awaitArrivals(1);
      try (Crowd<Connection> next = Crowd.of(1, () -> pool.acquire())) {
        next.allBlock();
        opening.open();
        unlucky.allFail(IOException.class);
        next.allFinish();
      }
    }
    assertThat(network.mostOpen()).as("most connections open at once").isEqualTo(1);
  }

  @Check(
      points = 7,
      title = "a dead connection is closed, never lent, and its place is used again",
      hint = "When may a connection die, and who has to hear of its place?")
  @Explored
  void replacesDeadConnections() throws Exception {
    Network network = new Network();
    ConnectionPool pool = new Solution(1, network);
    Line diesIdle = (Line) pool.acquire();
    pool.release(diesIdle);
    diesIdle.die();
    Line second = (Line) mustHave(pool);
    assertThat(second.isAlive()).as("the lent connection is alive").isTrue();
    Leaks.noneLeft("dead connections never closed", openOf(diesIdle));

    second.die();
    pool.release(second);
    Leaks.noneLeft("dead connections never closed", openOf(second));
    Line third = (Line) mustHave(pool);
    assertThat(third.isAlive()).as("the lent connection is alive").isTrue();

    try (Crowd<Connection> next = Crowd.of(1, () -> pool.acquire())) {
      next.allBlock();
      third.die();
      pool.release(third);
      next.allFinish();
      assertThat(next.results().getFirst().isAlive())
          .as("the connection lent in place of a dead one is alive")
          .isTrue();
    }
    assertThat(network.mostOpen())
        .as("most connections open at once: the dead one is closed before the next is opened")
        .isEqualTo(1);
    assertThat(network.closedTwice()).as("connections closed more than once").isEmpty();
  }

  @Check(
      points = 7,
      title = "every timeout is kept, from less than nothing to more than a lifetime",
      hint = "What becomes of a nanosecond in milliseconds, and of 292 years in nanoseconds?")
  @Explored
  void keepsEveryTimeout() throws Exception {
    ConnectionPool pool = new Solution(1, new Network());
    Connection only = pool.acquire(Duration.ofSeconds(-1));
    for (Duration timeout :
        List.of(
            AT_ONCE,
            Duration.ofNanos(1),
            Duration.ofNanos(-1),
            Duration.ofMillis(20),
            Duration.ofSeconds(-1),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      Clock.mustTake(
          timeout,
          "acquire(%s)".formatted(timeout),
          () ->
              assertThatThrownBy(
                      () -> pool.acquire(timeout),
                      "acquire(%s) while no connection comes back, which must throw"
                          + " TimeoutException",
                      timeout)
                  .isInstanceOf(TimeoutException.class));
    }
    givesUpWhileTimePasses(pool);
    try (Crowd<Connection> patient = Crowd.of(1, () -> pool.acquire(FOREVER))) {
      patient.allBlock();
      pool.release(only);
      patient.allFinish();
    }
  }

  /** A time limit long past stays in the past, also if time passes between two looks at it. */
  private static void givesUpWhileTimePasses(ConnectionPool pool) throws Exception {
    Duration longPast = Duration.ofSeconds(Long.MIN_VALUE);
    try (Crowd<Void> time = Crowd.of(1, PoolChecks::letTimePass);
        Crowd<Boolean> hasty = Crowd.of(1, () -> gets(pool, longPast))) {
      time.allFinish();
      hasty.settle();
      assertThat(hasty.finished())
          .as("calls of acquire(%s) that have given up when nobody can go on", longPast)
          .isEqualTo(1);
      assertThat(hasty.allFinish().results())
          .as("whether there is a connection")
          .containsExactly(false);
    }
  }

  /** Gives a run that is explored moments to which its time can go on. */
  private static void letTimePass() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Clock.sleep(Duration.ofNanos(1));
    }
  }

  @Check(
      points = 7,
      title = "a caller that gave up waiting takes no connection with it",
      hint = "What if the connection comes in the moment in which the time is over?",
      needs = "reusesConnections")
  void timeoutLosesNothing() throws Exception {
    ConnectionPool pool = new Solution(1, new Network());
    Line line = (Line) pool.acquire();
    try (Crowd<Connection> late = Crowd.of(3, () -> pool.acquire(Duration.ofMillis(20)))) {
      late.allFail(TimeoutException.class);
    }
    pool.release(line);
    mustHave(pool);
    assertThat(pool.stats().waiting()).as("callers in line after all gave up").isZero();

    // The time of a caller runs out while another gives its connection back.
    Duration timeout = Duration.ofMillis(250);
    try (Gate question = line.holdQuestions();
        Crowd<Void> late = Crowd.of(1, () -> useOneWithin(pool, timeout))) {
      Eventually.holds(
          "a caller to wait in line", () -> pool.stats().waiting() == 1 || late.finished() == 1);
      long over = System.nanoTime() + timeout.toNanos(); // at the latest
      try (Crowd<Void> giver = Crowd.of(1, () -> pool.release(line))) {
        Eventually.holds(
            "a connection given back to be asked whether it is well",
            () -> question.arrivals() > 0 || giver.finished() == 1);
        sleepPast(over);
        settle();
        question.open();
        giver.allFinish();
        late.allFinish();
      }
    }
    pool.release(mustHave(pool));

    for (Effort.Round round : Effort.rounds()) {
      SplittableRandom random = round.random();
      Connection lent = mustHave(pool);
      Duration soon = Duration.ofNanos(random.nextInt(200_000));
      try (Crowd<Void> both =
          Crowd.numbered(
              2,
              number -> {
                if (number == 0) {
                  pool.release(lent);
                } else {
                  useOneWithin(pool, soon);
                }
                return null;
              })) {
        both.allFinish();
      }
    }
    pool.release(mustHave(pool));
  }

  @Check(
      points = 8,
      title = "an interrupt ends the wait and takes no connection with it",
      hint = "What if the interrupt comes after the connection?")
  @Explored
  void interruptLosesNothing() throws Exception {
    ConnectionPool pool = new Solution(1, new Network());
    Line line = (Line) pool.acquire();
    try (Crowd<Connection> waiting = Crowd.of(3, () -> pool.acquire())) {
      waiting.allBlock().interruptAll().allFail(InterruptedException.class);
    }
    try (Crowd<Connection> waiting = Crowd.of(2, () -> pool.acquire(FOREVER))) {
      waiting.allBlock().interruptAll().allFail(InterruptedException.class);
    }
    pool.release(line);
    mustHave(pool);
    assertThat(pool.stats().waiting()).as("callers in line after all were interrupted").isZero();

    // A caller is interrupted while another gives its connection back.
    try (Gate question = line.holdQuestions();
        Crowd<Void> waiting = Crowd.of(1, () -> useOne(pool))) {
      waiting.allBlock();
      try (Crowd<Void> giver = Crowd.of(1, () -> pool.release(line))) {
        Eventually.holds(
            "a connection given back to be asked whether it is well",
            () -> question.arrivals() > 0 || giver.finished() == 1);
        waiting.interruptAll();
        settle();
        question.open();
        giver.allFinish();
        waiting.allFinish();
      }
    }
    pool.release(mustHave(pool));
  }

  @Check(
      points = 8,
      title = "who has waited longest is served first, and nobody overtakes",
      hint = "Who owns a connection between its return and the moment the waiting caller wakes up?")
  @Explored
  void firstComeFirstServed() throws Exception {
    ConnectionPool pool = new Solution(1, new Network());
    Line only = (Line) pool.acquire();
    // A newcomer asks while a connection is being given back for which somebody waits.
    try (Gate question = only.holdQuestions();
        Crowd<Connection> waiting = Crowd.of(1, () -> pool.acquire())) {
      waiting.allBlock();
      try (Crowd<Void> giver = Crowd.of(1, () -> pool.release(only))) {
        Eventually.holds(
            "a connection given back to be asked whether it is well",
            () -> question.arrivals() > 0 || giver.finished() == 1);
        try (Crowd<Boolean> newcomer = Crowd.of(1, () -> overtakes(pool))) {
          settle();
          question.open();
          giver.allFinish();
          newcomer.allFinish();
          assertThat(newcomer.results())
              .as("whether a newcomer overtakes the caller who waits")
              .containsExactly(false);
        }
      }
      waiting.allFinish();
    }
    Connection held = only;
    List<Crowd<Connection>> line = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        Crowd<Connection> caller = Crowd.of(1, () -> pool.acquire());
        line.add(caller);
        caller.allBlock();
      }
      assertThat(pool.stats()).as("one lent, five in line").isEqualTo(new Stats(1, 1, 0, 5));
      for (int i = 0; i < 5; i++) {
        pool.release(held);
        assertThat(overtakes(pool)).as("whether a newcomer overtakes callers who wait").isFalse();
        int served = i + 1;
        Eventually.holds(
            "as many callers to be served as connections were given back",
            () -> line.stream().filter(caller -> caller.finished() == 1).count() == served);
        Crowd<Connection> longest = line.get(i);
        assertThat(longest.finished())
            .as("caller %d of 5, who has waited longest, is served", served)
            .isEqualTo(1);
        held = longest.allFinish().results().getFirst();
      }
    } finally {
      line.forEach(Crowd::close);
    }
  }

  @Check(
      points = 4,
      title = "the figures are those of one moment",
      hint = "What happens between two figures that are read one after the other?",
      needs = "reusesConnections")
  @Explored
  void figuresOfOneMoment() throws Exception {
    for (int i = 0; i < Effort.many(100, 4); i++) {
      ConnectionPool pool = new Solution(1, new Network());
      belongTogether(pool, () -> pool.release(pool.acquire()));
      belongTogether(pool, pool::close);
    }
  }

  /** Nothing is idle that is not open, whenever somebody asks. */
  private static void belongTogether(ConnectionPool pool, Crowd.Task change) throws Exception {
    try (Crowd<Stats> crowd =
        Crowd.numbered(
            3,
            number -> {
              if (number == 0) {
                change.run();
              }
              return pool.stats();
            })) {
      crowd.allFinish();
      for (Stats stats : crowd.results()) {
        assertThat(stats.idle()).as("idle, of %s", stats).isLessThanOrEqualTo(stats.open());
      }
    }
  }

  @Check(
      points = 7,
      title = "closing wakes everybody who waits",
      hint = "How many wait, and for what?",
      needs = "reusesConnections")
  @Explored
  void closeWakesEveryWaiter() throws Exception {
    ConnectionPool pool = new Solution(1, new Network());
    Connection lent = pool.acquire();
    try (Crowd<Boolean> waiting = Crowd.of(4, () -> isRefused(pool))) {
      waiting.allBlock();
      pool.close();
      waiting.allFinish();
      assertThat(waiting.results())
          .as("every waiting caller ends with an IllegalStateException")
          .containsOnly(true);
    }
    pool.close();
    assertThatThrownBy(
            () -> pool.acquire(),
            "acquire() of a closed pool, which must throw IllegalStateException")
        .isInstanceOf(IllegalStateException.class);
    for (Duration timeout : List.of(AT_ONCE, Duration.ofHours(1), FOREVER)) {
      Clock.mustTake(
          Duration.ZERO,
          "acquire(%s) from a closed pool".formatted(timeout),
          () ->
              assertThatThrownBy(
                      () -> pool.acquire(timeout),
                      "acquire(%s) of a closed pool, which must throw IllegalStateException",
                      timeout)
                  .isInstanceOf(IllegalStateException.class));
    }
    pool.release(lent);
    assertThatThrownBy(
            () -> pool.acquire(AT_ONCE),
            "acquire of a closed pool that has nothing lent any more, which must throw"
                + " IllegalStateException")
        .isInstanceOf(IllegalStateException.class);
  }

  @Check(
      points = 7,
      title = "a closed pool leaves no connection open",
      hint = "Where can a connection be while the pool is closed?",
      needs = "reusesConnections")
  @Explored
  void closeLeavesNothingOpen() throws Exception {
    Network network = new Network();
    ConnectionPool pool = new Solution(4, network);
    Line idle = (Line) pool.acquire();
    Line alsoIdle = (Line) pool.acquire();
    Line lent = (Line) pool.acquire();
    Line dying = (Line) pool.acquire();
    pool.release(idle);
    pool.release(alsoIdle);
    dying.die();
    pool.release(dying);
    pool.close();
    Leaks.noneLeft("connections still open though they were idle", openOf(idle, alsoIdle));
    assertThat(lent.closes()).as("how often the connection still lent was closed").isZero();
    pool.close();
    pool.release(lent);
    Leaks.noneLeft("connections still open though they came back", openOf(lent));
    assertThat(pool.stats()).as("nothing open").isEqualTo(new Stats(4, 0, 0, 0));

    ConnectionPool slow = new Solution(2, network);
    try (Gate opening = network.holdOpening();
        Crowd<Connection> callers = Crowd.of(3, () -> slow.acquire())) {
      opening.awaitArrivals(2);
      callers.allBlock();
      slow.close();
      opening.open();
      callers.allFail(IllegalStateException.class);
    }
    Leaks.noneLeft("connections still open though the pool was closed", network.stillOpen());
    assertThat(slow.stats()).as("nothing open").isEqualTo(new Stats(2, 0, 0, 0));
    assertThat(network.closedTwice()).as("connections closed more than once").isEmpty();
  }

  @Check(
      points = 5,
      title = "what makes no sense is refused and changes nothing",
      hint = "How do you know that a connection is one of yours, and lent at present?",
      needs = "reusesConnections")
  @Explored
  void refusesNonsense() throws Exception {
    for (int maxOpen : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(
              () -> new Solution(maxOpen, new Network()),
              "a pool of at most %d connections, which must throw IllegalArgumentException",
              maxOpen)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new Solution(1, null),
            "a pool without a factory, which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);

    Network network = Network.ofLookalikes();
    ConnectionPool pool = new Solution(2, network);
    Connection first = pool.acquire();
    Connection second = pool.acquire();
    Connection stranger = network.open();
    assertThatThrownBy(
            () -> pool.acquire(null), "acquire(null), which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () -> pool.release(null), "release(null), which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () -> pool.release(stranger),
            "release of somebody else's connection that equals a lent one, which must throw"
                + " IllegalArgumentException")
        .isInstanceOf(IllegalArgumentException.class);
    pool.release(first);
    assertThatThrownBy(
            () -> pool.release(first),
            "a second release while a connection that equals it is lent, which must throw"
                + " IllegalArgumentException")
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(pool.stats()).as("one lent, one idle").isEqualTo(new Stats(2, 2, 1, 0));
    pool.release(second);
    assertThatThrownBy(
            () -> pool.release(second),
            "a second release, which must throw IllegalArgumentException")
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(pool.stats()).as("both idle").isEqualTo(new Stats(2, 2, 2, 0));
    assertThat(pool.acquire(AT_ONCE))
        .as("the first of two connections lent at once")
        .isNotSameAs(pool.acquire(AT_ONCE));
  }

  private static Void useOne(ConnectionPool pool) throws Exception {
    Connection connection = pool.acquire();
    ((Line) connection).use();
    pool.release(connection);
    return null;
  }

  private static boolean isRefused(ConnectionPool pool) throws Exception {
    try {
      pool.acquire();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static boolean overtakes(ConnectionPool pool) throws Exception {
    return gets(pool, AT_ONCE);
  }

  private static boolean gets(ConnectionPool pool, Duration timeout) throws Exception {
    try {
      pool.acquire(timeout);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static Void useSeveral(ConnectionPool pool) throws Exception {
    for (int i = 0; i < 5; i++) {
      useOne(pool);
    }
    return null;
  }

  /** Either way the time may end is right, if only the connection is not lost. */
  private static Void useOneWithin(ConnectionPool pool, Duration timeout) throws Exception {
    try {
      Connection connection = pool.acquire(timeout);
      pool.release(connection);
    } catch (TimeoutException e) {
      return null;
    }
    return null;
  }

  /** Acquires the one connection that nobody has; where it cannot be had, it was lost. */
  private static Connection mustHave(ConnectionPool pool) throws Exception {
    try {
      return pool.acquire(AT_ONCE);
    } catch (TimeoutException e) {
      Leaks.allReturned("places for a connection", 1, 0);
      throw e;
    }
  }

  private static List<Line> openOf(Line... lines) {
    return List.of(lines).stream().filter(line -> line.closes() == 0).toList();
  }

  private static void sleepPast(long nanos) throws InterruptedException {
    while (System.nanoTime() - nanos <= 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Waits until everybody has gone as far as they can. */
  private static void settle() throws InterruptedException {
    try (Crowd<Void> nobody = Crowd.of(0, () -> null)) {
      nobody.block(0);
    }
  }
}
