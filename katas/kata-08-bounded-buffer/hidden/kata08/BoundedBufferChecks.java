package kata08;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Await;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.EveryLock;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;
import org.katagrade.checks.Strangers;

/** Hidden checks for kata 08. */
@Graded(
    race = 10,
    rules = 5,
    forbidden = {
      "java.util.concurrent.BlockingQueue",
      "java.util.concurrent.BlockingDeque",
      "java.util.concurrent.TransferQueue",
      "java.util.concurrent.ArrayBlockingQueue",
      "java.util.concurrent.LinkedBlockingQueue",
      "java.util.concurrent.LinkedBlockingDeque",
      "java.util.concurrent.LinkedTransferQueue",
      "java.util.concurrent.PriorityBlockingQueue",
      "java.util.concurrent.DelayQueue",
      "java.util.concurrent.SynchronousQueue",
      "java.util.concurrent.Exchanger"
    })
public final class BoundedBufferChecks {

  private static final Duration NOT_IN_THIS_CHECK = Duration.ofHours(1);
  private static final Duration THE_LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  private static final List<Duration> LONGER_AND_LONGER =
      List.of(Duration.ofMillis(40), Duration.ofMillis(400), Duration.ofSeconds(5));

  /** A correct call waits on after one at the most, if its own clock and the wake-up cross. */
  private static final int WAKE_UPS = 8;

  /** More than there are wake-ups, each of which may be of use to one. */
  private static final int MANY_IN_TIME = 4 * WAKE_UPS;

  private static final List<Duration> SHORT_TIMES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(-1),
          Duration.ofSeconds(Long.MIN_VALUE),
          Duration.ofNanos(1),
          Duration.ofNanos(999_999),
          Duration.ofMillis(5));

  /** What is lost of these in milliseconds is nearly one, or all there is. */
  private static final List<Duration> BETWEEN_MILLISECONDS =
      List.of(Duration.ofNanos(999_999), Duration.ofNanos(1_999_999));

  @Check(
      points = 5,
      title = "elements leave in the order they came",
      hint = "Add at one end and remove at the other, also after the end has been reached once.")
  void fifo() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(3);
    assertThat(buffer.size()).as("size of a new buffer").isZero();
    for (int lap = 0; lap < 5; lap++) {
      int base = 3 * lap;
      buffer.put(base);
      assertThat(buffer.tryPut(base + 1)).as("tryPut with one of 3 places taken").isTrue();
      assertThat(buffer.offer(base + 2, NOT_IN_THIS_CHECK))
          .as("offer with one place left")
          .isTrue();
      assertThat(buffer.size()).as("size after three elements").isEqualTo(3);
      assertThat(buffer.take()).as("the first to leave").isEqualTo(base);
      assertThat(buffer.tryTake()).as("the second to leave").isEqualTo(base + 1);
      assertThat(buffer.poll(NOT_IN_THIS_CHECK)).as("the third to leave").isEqualTo(base + 2);
      assertThat(buffer.size()).as("size after all have left").isZero();
    }
    buffer.put(100);
    for (int i = 101; i < 112; i++) {
      buffer.put(i);
      assertThat(buffer.size()).as("size with two elements").isEqualTo(2);
      assertThat(buffer.take()).as("the older of two elements").isEqualTo(i - 1);
    }
    strangersComeInTurn();
  }

  /** Nothing but the buffer itself tells each of these what those before it did. */
  private static void strangersComeInTurn() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(2);
    assertThat(
            Strangers.first(() -> buffer.put(1))
                .then(buffer::size)
                .then(() -> buffer.offer(2, NOT_IN_THIS_CHECK))
                .then(() -> buffer.tryPut(3))
                .then(() -> buffer.offer(3, Duration.ZERO))
                .then(buffer::take)
                .then(buffer::size)
                .then(() -> buffer.tryPut(3))
                .then(() -> buffer.poll(NOT_IN_THIS_CHECK))
                .then(buffer::tryTake)
                .then(buffer::tryTake)
                .then(() -> buffer.poll(Duration.ZERO))
                .then(buffer::size)
                .inTurn())
        .as("what threads were told that used one buffer one after the other")
        .containsExactly(null, 1, true, false, false, 1, 1, true, 2, 3, null, null, 0);
  }

  @Check(
      points = 5,
      title = "a buffer without places, an element null and a timeout null are refused",
      hint = "Where does each call look at what it was given, and what does it hold by then?")
  void refusesWhatCannotBe() throws Exception {
    for (int capacity : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(
              () -> make(capacity),
              "a buffer of capacity %d, which must throw IllegalArgumentException",
              capacity)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (boolean full : new boolean[] {false, true}) {
      BoundedBuffer<Integer> buffer = new Solution<>(1);
      String state = full ? "full" : "empty";
      if (full) {
        buffer.put(1);
      }
      refuses(buffer, "put(null)", state, () -> buffer.put(null));
      refuses(buffer, "tryPut(null)", state, () -> buffer.tryPut(null));
      refuses(buffer, "offer(null, 0)", state, () -> buffer.offer(null, Duration.ZERO));
      refuses(buffer, "offer with timeout null", state, () -> buffer.offer(2, null));
      refuses(buffer, "poll with timeout null", state, () -> buffer.poll(null));
      assertThat(buffer.size()).as("size after five refused calls").isEqualTo(full ? 1 : 0);
      assertThat(buffer.tryTake())
          .as("tryTake after five refused calls")
          .isEqualTo(full ? 1 : null);
      assertThat(buffer.tryPut(2)).as("tryPut into a buffer with room, after them").isTrue();
      assertThat(buffer.tryTake()).as("what is in the buffer then").isEqualTo(2);
    }
  }

  /** In a thread of its own: what it still holds when it is refused keeps all others out. */
  private static void refuses(
      BoundedBuffer<Integer> buffer, String call, String state, ThrowingCallable refused)
      throws Exception {
    try (var caller =
        Crowd.of(
            1,
            () ->
                assertThatThrownBy(
                        refused,
                        "%s while the buffer is %s, which must throw NullPointerException",
                        call,
                        state)
                    .isInstanceOf(NullPointerException.class))) {
      caller.allFinish();
    }
    buffer.size();
  }

  @Check(
      points = 10,
      title = "put waits while the buffer is full, take while it is empty",
      hint = "Whose monitor must a thread own to wait on it? And what does a thread do that waits?",
      needs = "fifo")
  @Explored
  void waitsWhileFullAndWhileEmpty() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(2);
    try (var taker = Crowd.of(1, buffer::take)) {
      taker.allBlock();
      buffer.put(1);
      taker.allFinish();
      assertThat(taker.results()).as("what the waiting take returned").containsExactly(1);
    }
    buffer.put(2);
    buffer.put(3);
    try (var putter = Crowd.of(1, () -> buffer.put(4))) {
      putter.allBlock();
      assertThat(buffer.size()).as("size of a full buffer at which a put waits").isEqualTo(2);
      assertThat(buffer.take()).as("the oldest element").isEqualTo(2);
      putter.allFinish();
    }
    assertThat(buffer.size()).as("size once the waiting put has got in").isEqualTo(2);
    assertThat(buffer.take()).as("the next oldest element").isEqualTo(3);
    assertThat(buffer.take()).as("the element of the put that waited").isEqualTo(4);
  }

  @Check(
      points = 10,
      title = "a waiter that is woken in vain waits on",
      hint = "By the time a woken thread has the lock, is what it waited for still true?",
      needs = "fifo")
  @Explored
  void waitsOnWhenWokenInVain() throws Exception {
    oneElementServesOneTaker();
    oneRoomServesOnePutter();
    for (var round : Effort.rounds(3)) {
      theElementIsTakenAway(round.number());
    }
  }

  /**
   * The buffer has room for everything that is put, so that the check itself never waits: whom a
   * wake-up reaches where both kinds wait is another promise.
   */
  private static void oneElementServesOneTaker() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(3);
    try (var takers = Crowd.of(3, buffer::take)) {
      takers.allBlock();
      buffer.put(1);
      takers.finish(1).block(2);
      assertThat(buffer.size()).as("size after one put and one take").isZero();
      buffer.put(2);
      buffer.put(3);
      takers.allFinish();
      assertThat(takers.results())
          .as("what three takers got of three elements")
          .containsExactlyInAnyOrder(1, 2, 3);
    }
  }

  /** As for takers: there is always an element for the check's own calls of take. */
  private static void oneRoomServesOnePutter() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(3);
    for (int element = 0; element < 3; element++) {
      buffer.put(element);
    }
    try (var putters = Crowd.of(3, () -> buffer.put(3))) {
      putters.allBlock();
      assertThat(buffer.take()).as("the first element").isEqualTo(0);
      putters.finish(1).block(2);
      assertThat(buffer.size()).as("size of a full buffer of capacity 3").isEqualTo(3);
      buffer.take();
      buffer.take();
      putters.allFinish();
    }
  }

  /** Wakes a taker and is faster than it, which has to wait for its lock. */
  private static void theElementIsTakenAway(int element) throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    try (var taker = Crowd.of(1, buffer::take)) {
      taker.allBlock();
      List<Integer> taken = new ArrayList<>();
      EveryLock.of(buffer)
          .holdingForItself(
              () -> {
                buffer.put(element);
                taken.add(buffer.tryTake());
              });
      if (taken.contains(element)) {
        taker.allBlock();
        buffer.put(element);
      }
      taker.allFinish();
      assertThat(taker.results()).as("what a waiting take returned").containsExactly(element);
    }
  }

  @Check(
      points = 10,
      title = "a wake-up reaches a thread that can use it",
      hint = "If putters and takers wait in one place and you wake one of them, which one is it?",
      needs = "fifo")
  @Explored
  void wakesTheRightWaiter() throws Exception {
    for (var round : Effort.rounds(4)) {
      aPutterComesToWaitBehindTakers();
      aTakerComesToWaitBehindPutters();
      manyPuttersComeToWaitBehindTakers();
    }
  }

  /**
   * The putter's first element is for the taker that waited longest. Its second finds the buffer
   * still full, since it comes sooner than a thread wakes up; so it waits behind the other takers.
   * When the first taker has made room, the thread to wake is the last in the line.
   */
  private static void aPutterComesToWaitBehindTakers() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    try (var takers = Crowd.of(3, buffer::take)) {
      takers.allBlock();
      try (var putter =
          Crowd.of(
              1,
              () -> {
                buffer.put(1);
                buffer.put(2);
                buffer.put(3);
              })) {
        putter.allFinish();
        takers.allFinish();
        assertThat(takers.results())
            .as("what three takers got of three elements")
            .containsExactlyInAnyOrder(1, 2, 3);
      }
    }
  }

  private static void aTakerComesToWaitBehindPutters() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    buffer.put(0);
    try (var putters = Crowd.numbered(3, number -> put(buffer, number + 1))) {
      putters.allBlock();
      try (var taker =
          Crowd.of(1, () -> List.of(buffer.take(), buffer.take(), buffer.take(), buffer.take()))) {
        taker.allFinish();
        putters.allFinish();
        assertThat(taker.results().getFirst())
            .as("what one taker got of four elements")
            .containsExactlyInAnyOrder(0, 1, 2, 3);
      }
    }
  }

  /**
   * Of ten that come at once for one place, most are in line for the lock before the taker that the
   * first of them wakes; they find the buffer full and wait behind the other takers.
   */
  private static void manyPuttersComeToWaitBehindTakers() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    try (var takers = Crowd.of(10, buffer::take)) {
      takers.allBlock();
      try (var putters = Crowd.numbered(10, number -> put(buffer, number))) {
        putters.allFinish();
        takers.allFinish();
        assertThat(takers.results())
            .as("what ten takers got of ten elements")
            .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      }
    }
  }

  @Check(
      points = 10,
      title = "nobody sleeps through an element or a free place, with 1, 10 and 100 waiting",
      hint = "Two elements came before anybody woke. How many wake-ups must there be?",
      needs = "fifo")
  void wakesEveryWaiter() throws Exception {
    for (int size : Effort.crowds()) {
      BoundedBuffer<Integer> buffer = new Solution<>(size);
      List<Integer> elements = IntStream.range(0, size).boxed().toList();
      try (var takers = Crowd.of(size, buffer::take)) {
        takers.allBlock();
        for (int element : elements) {
          buffer.put(element);
        }
        takers.allFinish();
        assertThat(takers.results())
            .as("what %d takers got of %d elements", size, size)
            .containsExactlyInAnyOrderElementsOf(elements);
      }
      for (int element : elements) {
        assertThat(buffer.tryPut(element)).as("tryPut into a buffer with room").isTrue();
      }
      try (var putters = Crowd.numbered(size, number -> put(buffer, number))) {
        putters.allBlock();
        for (int element : elements) {
          assertThat(buffer.tryTake()).as("the oldest element").isEqualTo(element);
        }
        putters.allFinish();
      }
      assertThat(buffer.size()).as("size after %d waiting puts got in", size).isEqualTo(size);
      assertThat(elements.stream().map(ignored -> buffer.tryTake()).toList())
          .as("the elements of %d waiting puts", size)
          .containsExactlyInAnyOrderElementsOf(elements);
    }
  }

  @Check(
      points = 10,
      title = "a try does not wait, and a timed call gives up when its time is over",
      hint =
          "What does wait(0) mean, to what does your conversion round a nanosecond, and what is"
              + " left of the time after a wake-up?",
      needs = "fifo")
  void givesUpInTime() throws Exception {
    BoundedBuffer<Integer> empty = new Solution<>(1);
    BoundedBuffer<Integer> full = new Solution<>(1);
    full.put(1);
    assertThat(empty.tryTake()).as("tryTake from an empty buffer").isNull();
    assertThat(full.tryPut(2)).as("tryPut into a full buffer").isFalse();
    for (Duration time : SHORT_TIMES) {
      assertThat(empty.poll(time)).as("poll(%s) from an empty buffer", time).isNull();
      assertThat(full.offer(2, time)).as("offer(2, %s) into a full buffer", time).isFalse();
      assertThat(full.poll(time)).as("poll(%s) from a buffer with an element", time).isEqualTo(1);
      assertThat(full.offer(1, time)).as("offer(1, %s) into a buffer with room", time).isTrue();
    }
    assertThat(empty.size()).as("size of the buffer that was empty").isZero();
    assertThat(full.size()).as("size of the buffer that was full").isEqualTo(1);
    assertThat(full.take()).as("the element of the buffer that was full").isEqualTo(1);
    for (int size : Effort.crowds()) {
      manyTryAtOnce(size);
    }
    pollGivesUpHoweverOftenItIsWoken();
    offerGivesUpHoweverOftenItIsWoken();
  }

  /** Each begins with a look, so that nothing has ordered it after what the others do. */
  private static void manyTryAtOnce(int size) throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(2);
    try (var crowd =
        Crowd.numbered(
            size,
            number -> {
              int more = 0;
              for (int i = 0; i < 20; i++) {
                more -= buffer.tryTake() == null ? 0 : 1;
                more += buffer.tryPut(number) ? 1 : 0;
                more += buffer.tryPut(number) ? 1 : 0;
                more -= buffer.poll(Duration.ZERO) == null ? 0 : 1;
                more += buffer.offer(number, Duration.ZERO) ? 1 : 0;
              }
              return more;
            })) {
      crowd.allFinish();
      assertThat(buffer.size())
          .as("size after a crowd of %d added and removed what they could", size)
          .isEqualTo(crowd.results().stream().mapToInt(Integer::intValue).sum());
    }
  }

  /** For many that wait there comes one element, which somebody takes, or the check itself. */
  private static void pollGivesUpHoweverOftenItIsWoken() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    givesUpHoweverOftenItIsWoken(
        "poll",
        time -> buffer.poll(time) == null,
        () -> {
          buffer.put(1);
          buffer.tryTake();
        });
  }

  /** For many that wait there comes one place, which somebody fills, or the check itself. */
  private static void offerGivesUpHoweverOftenItIsWoken() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    buffer.put(1);
    givesUpHoweverOftenItIsWoken(
        "offer",
        time -> !buffer.offer(2, time),
        () -> {
          buffer.tryTake();
          buffer.tryPut(1);
        });
  }

  /** A call with a time limit; says whether it gave up. */
  @FunctionalInterface
  private interface TimedCall {
    boolean givesUp(Duration time) throws Exception;
  }

  /** How a call ended, and when. */
  private record End(boolean gaveUp, long nanos) {}

  /** When the first of many wake-ups began, and when half of them were done. */
  private record WakeUps(long begun, long halfDone) {

    /** Whether this call was woken, and its time did not begin anew by that. */
    boolean leftTheTimeAlone(End end, Duration time) {
      return end.nanos() > halfDone && end.nanos() - begun < time.toNanos();
    }
  }

  /**
   * Wakes calls in vain until they end. How long that takes decides nothing against them: those
   * whose time begins anew are seen to wait on when it is over. It does speak for them: a call
   * whose time began anew could not have ended sooner than that time after the first wake-up. If a
   * busy machine leaves the question open, the next try is longer.
   */
  private static void givesUpHoweverOftenItIsWoken(String name, TimedCall call, Crowd.Task wake)
      throws Exception {
    for (Duration time : LONGER_AND_LONGER) {
      CountDownLatch begun = new CountDownLatch(MANY_IN_TIME);
      Callable<End> timed =
          () -> {
            begun.countDown();
            return new End(call.givesUp(time), System.nanoTime());
          };
      try (var waiters = Crowd.of(MANY_IN_TIME, timed)) {
        begun.await();
        WakeUps wakeUps = wakeFor(time, waiters, wake);
        mustNotWaitOn(waiters, "%s(%s)".formatted(name, time), time, wake);
        List<End> inVain =
            waiters.allFinish().results().stream().filter(end -> end.gaveUp()).toList();
        if (!inVain.isEmpty()
            && inVain.stream().allMatch(end -> wakeUps.leftTheTimeAlone(end, time))) {
          return;
        }
      }
    }
  }

  /** Wakes them again and again for a time, or until all have ended. */
  private static WakeUps wakeFor(Duration time, Crowd<End> waiters, Crowd.Task wake)
      throws Exception {
    long step = time.toNanos() / (WAKE_UPS + 2);
    TimeUnit.NANOSECONDS.sleep(2 * step);
    long begun = System.nanoTime();
    long halfDone = Long.MAX_VALUE;
    for (int i = 1; i <= WAKE_UPS && waiters.finished() < MANY_IN_TIME; i++) {
      wake.run();
      if (i == WAKE_UPS / 2) {
        halfDone = System.nanoTime();
      }
      TimeUnit.NANOSECONDS.sleep(step);
    }
    return new WakeUps(begun, halfDone);
  }

  /** Fails if somebody is seen to wait again and again, woken each time after the time was over. */
  private static void mustNotWaitOn(Crowd<End> waiters, String call, Duration time, Crowd.Task wake)
      throws Exception {
    // From here on all of them surely wait, so that a time from now is over for each.
    waiters.settle();
    if (waiters.finished() < MANY_IN_TIME) {
      wakeFor(time, waiters, wake);
    }
    for (int wakeUps = 0; waiters.finished() < MANY_IN_TIME; wakeUps++) {
      assertThat(wakeUps)
          .as("how often a call of %s waited on, woken when its time was over", call)
          .isLessThan(WAKE_UPS);
      wake.run();
      waiters.settle();
    }
  }

  @Check(
      points = 5,
      title = "a timed call does not give up before its time is over, however long that is",
      hint =
          "How many nanoseconds fit into a long, and what do your conversions cut off? What is left"
              + " of the time after a wake-up?",
      needs = "fifo")
  void doesNotGiveUpEarly() throws Exception {
    for (var round : Effort.rounds(3)) {
      for (Duration time : BETWEEN_MILLISECONDS) {
        usesUpItsTime(time);
      }
    }
    waitsForWhoComesInTime();
  }

  /** Two calls of each kind wait, each pair at a buffer of its own, and are served in turn. */
  private static void waitsForWhoComesInTime() throws Exception {
    List<LongWait> waits =
        Stream.of(NOT_IN_THIS_CHECK, THE_LONGEST)
            .flatMap(time -> Stream.of(LongWait.poll(time), LongWait.offer(time)))
            .toList();
    for (LongWait wait : waits) {
      wait.prepare();
    }
    try (var callers = Crowd.numbered(2 * waits.size(), i -> waits.get(i / 2).call())) {
      callers.allBlock();
      for (LongWait wait : waits) {
        wait.serve(1);
      }
      callers.finish(waits.size()).block(waits.size());
      for (LongWait wait : waits) {
        wait.serve(2);
      }
      callers.allFinish();
      for (int i = 0; i < waits.size(); i++) {
        waits.get(i).hadBoth(callers.results().subList(2 * i, 2 * i + 2));
      }
    }
  }

  /** Calls that wait for longer than any check, at a buffer of one place. */
  private record LongWait(BoundedBuffer<Integer> buffer, Duration time, boolean polls) {

    static LongWait poll(Duration time) {
      return new LongWait(new Solution<>(1), time, true);
    }

    static LongWait offer(Duration time) {
      return new LongWait(new Solution<>(1), time, false);
    }

    void prepare() throws Exception {
      if (!polls) {
        buffer.put(0);
      }
    }

    Object call() throws Exception {
      return polls ? String.valueOf(buffer.poll(time)) : buffer.offer(7, time);
    }

    /** Lets one of two calls go on. */
    void serve(int number) throws Exception {
      if (polls) {
        buffer.put(number);
      } else {
        assertThat(buffer.take())
            .as("what take() number %d got beside offer(7, %s)", number, time)
            .isEqualTo(number == 1 ? 0 : 7);
      }
    }

    void hadBoth(List<Object> results) {
      if (polls) {
        assertThat(results)
            .as("what two calls of poll(%s) got of the elements 1 and 2", time)
            .containsExactlyInAnyOrder("1", "2");
      } else {
        assertThat(results)
            .as("what two calls of offer(7, %s) returned", time)
            .containsExactly(true, true);
      }
    }
  }

  /** Nobody comes, so both calls must last as long as they were told to. */
  private static void usesUpItsTime(Duration time) throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    long polled = System.nanoTime();
    assertThat(buffer.poll(time)).as("poll(%s) from an empty buffer", time).isNull();
    assertThat(System.nanoTime() - polled)
        .as("nanoseconds until poll gave up that was to wait %d", time.toNanos())
        .isGreaterThanOrEqualTo(time.toNanos());
    buffer.put(1);
    long offered = System.nanoTime();
    assertThat(buffer.offer(2, time)).as("offer(2, %s) into a full buffer", time).isFalse();
    assertThat(System.nanoTime() - offered)
        .as("nanoseconds until offer gave up that was to wait %d", time.toNanos())
        .isGreaterThanOrEqualTo(time.toNanos());
  }

  @Check(
      points = 5,
      title = "an interrupt ends every wait",
      hint = "Who catches the InterruptedException, and what does the loop do then?",
      needs = "fifo")
  @Explored
  void interruptEndsTheWait() throws Exception {
    BoundedBuffer<Integer> empty = new Solution<>(1);
    BoundedBuffer<Integer> full = new Solution<>(1);
    full.put(1);
    List<Crowd.Task> waits =
        List.of(
            empty::take,
            () -> full.put(2),
            () -> empty.poll(NOT_IN_THIS_CHECK),
            () -> full.offer(2, NOT_IN_THIS_CHECK));
    for (Crowd.Task wait : waits) {
      try (var waiters = Crowd.of(2, wait)) {
        waiters.allBlock().interruptAll().allFail(InterruptedException.class);
      }
    }
    assertThat(empty.size()).as("size of the empty buffer after the interrupts").isZero();
    assertThat(full.size()).as("size of the full buffer after the interrupts").isEqualTo(1);
    assertThat(full.take()).as("the element that was there before the interrupts").isEqualTo(1);
  }

  @Check(
      points = 5,
      title = "an interrupt loses no element and no wake-up",
      hint = "At which moment is an interrupt answered: before or after the buffer has changed?",
      needs = "fifo")
  @Explored
  void interruptLosesNothing() throws Exception {
    takeWhileInterrupted();
    putWhileInterrupted();
    for (var round : Effort.rounds(6)) {
      interruptTheTakerThatWasWoken();
    }
  }

  private static void takeWhileInterrupted() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    buffer.put(1);
    try (var taker =
        Crowd.of(
            1,
            () -> {
              Thread.currentThread().interrupt();
              return takeUnlessInterrupted(buffer);
            })) {
      boolean taken = taker.allFinish().results().getFirst() != null;
      assertThat(buffer.size())
          .as("size after a take that %s", taken ? "returned" : "threw InterruptedException")
          .isEqualTo(taken ? 0 : 1);
    }
  }

  private static void putWhileInterrupted() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    try (var putter =
        Crowd.of(
            1,
            () -> {
              Thread.currentThread().interrupt();
              try {
                buffer.put(1);
                return true;
              } catch (InterruptedException e) {
                return false;
              }
            })) {
      boolean added = putter.allFinish().results().getFirst();
      assertThat(buffer.size())
          .as("size after a put that %s", added ? "returned" : "threw InterruptedException")
          .isEqualTo(added ? 1 : 0);
    }
  }

  /**
   * The one that waited longest is woken and interrupted; if it does not take, the other one must.
   */
  private static void interruptTheTakerThatWasWoken() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(1);
    try (var first = Crowd.of(1, () -> takeUnlessInterrupted(buffer))) {
      first.allBlock();
      try (var second = Crowd.of(1, buffer::take)) {
        second.allBlock();
        // While its lock is held, whoever is woken cannot go on before the interrupt comes.
        EveryLock.of(buffer)
            .holdingForItself(
                () -> {
                  buffer.put(1);
                  first.interrupt(0);
                });
        first.allFinish();
        if (first.results().getFirst() != null) {
          buffer.put(2);
        }
        second.allFinish();
      }
    }
    assertThat(buffer.size()).as("size after everything was taken").isZero();
  }

  @Check(
      points = 5,
      title = "every history of tryPut, tryTake and size has a sequential explanation",
      hint = "Is what you tested still true when you act on it?",
      needs = "fifo")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .beginningWith("new Solution<>(1)")
        .concurrently("tryPut(1)", "tryPut(2)")
        .then("size()")
        .concurrently("tryPut(1); tryTake()", "tryPut(2)")
        .concurrently("tryPut(1); size()", "tryTake()")
        .concurrently("tryPut(1)", "tryTake(); size()")
        .concurrently("tryPut(1)", "size(); tryTake()")
        .against(SequentialBuffer.class);
  }

  /** What is called concurrently. */
  public static class Operations {

    private final BoundedBuffer<Integer> buffer = new Solution<>(1);

    @Operation
    public boolean tryPut(@Param(gen = IntGen.class, conf = "1:2") int element) {
      return buffer.tryPut(element);
    }

    @Operation
    public @Nullable Integer tryTake() {
      return buffer.tryTake();
    }

    @Operation
    public int size() {
      return buffer.size();
    }
  }

  /** A buffer with one place, for one thread. */
  public static class SequentialBuffer {

    private @Nullable Integer place;

    public boolean tryPut(int element) {
      if (place != null) {
        return false;
      }
      place = element;
      return true;
    }

    public @Nullable Integer tryTake() {
      Integer taken = place;
      place = null;
      return taken;
    }

    public int size() {
      return place == null ? 0 : 1;
    }
  }

  @Explored
  @Check(
      points = 5,
      title = "every history of put and take, which wait, has a sequential explanation",
      hint = "What can happen between your look at the buffer and your change of it?",
      needs = "fifo")
  void waitingIsLinearizable() {
    Linearizability.of(WaitingOperations.class)
        .beginningWith("new Solution<>(2)")
        .concurrently("put(1)", "put(2)", "take(); take()")
        .concurrently("put(1); put(2); put(3)", "take(); take()")
        .then("size()")
        .concurrently("put(1); take()", "put(2); take()")
        .then("size()")
        .concurrently("take()", "take()", "put(1); put(2); put(3)")
        .then("size()")
        .explored()
        .against(WaitingBuffer.class);
  }

  /** What waits, on a buffer with two places. */
  public static class WaitingOperations {

    private final BoundedBuffer<Integer> buffer = new Solution<>(2);

    @Operation
    public void put(int element) throws InterruptedException {
      buffer.put(element);
    }

    @Operation
    public int take() throws InterruptedException {
      return buffer.take();
    }

    @Operation
    public int size() {
      return buffer.size();
    }
  }

  /** A buffer with two places, for one thread, which says when a call has to wait. */
  public static class WaitingBuffer {

    private final Queue<Integer> places = new ArrayDeque<>();

    public void put(int element) {
      Await.until(places.size() < 2);
      places.add(element);
    }

    public int take() {
      Await.until(!places.isEmpty());
      return places.remove();
    }

    public int size() {
      return places.size();
    }
  }

  private static BoundedBuffer<Integer> make(int capacity) {
    return new Solution<>(capacity);
  }

  private static boolean put(BoundedBuffer<Integer> buffer, int element)
      throws InterruptedException {
    buffer.put(element);
    return true;
  }

  private static @Nullable Integer takeUnlessInterrupted(BoundedBuffer<Integer> buffer) {
    try {
      return buffer.take();
    } catch (InterruptedException e) {
      return null;
    }
  }
}
