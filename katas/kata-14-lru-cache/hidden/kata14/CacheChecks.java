package kata14;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;

/**
 * Hidden checks for kata 14.
 *
 * <p>Entries that the garbage collector may drop leave in an order of its own, hence the forbidden
 * classes; no check could force that moment.
 */
@Graded(
    race = 10,
    rules = 5,
    forbidden = {"java.lang.ref.*", "java.util.WeakHashMap"})
public final class CacheChecks {

  @Check(
      points = 10,
      title = "a full cache forgets the entry used least recently",
      hint = "Which end of your order is the old one, and how many entries fit?")
  void forgetsTheLeastRecentlyUsed() {
    for (int capacity : List.of(1, 2, 3, 100)) {
      LruCache<Integer, String> cache = new Solution<>(capacity);
      for (int key = 1; key <= capacity; key++) {
        cache.put(key, "value " + key);
        assertThat(cache.size()).as("size after %d of %d entries", key, capacity).isEqualTo(key);
      }
      for (int key = capacity + 1; key <= 3 * capacity; key++) {
        cache.put(key, "value " + key);
        assertThat(cache.size())
            .as("size of a full cache of capacity %d", capacity)
            .isEqualTo(capacity);
        assertThat(cache.get(key - capacity))
            .as(
                "entry %d after entries 1 to %d came to a cache of %d",
                key - capacity, key, capacity)
            .isNull();
        assertThat(cache.get(key)).as("the newest entry").isEqualTo("value " + key);
      }
      for (int key = 2 * capacity + 1; key <= 3 * capacity; key++) {
        assertThat(cache.get(key))
            .as("entry %d, one of the last %d", key, capacity)
            .isEqualTo("value " + key);
      }
    }
  }

  @Check(
      points = 10,
      title = "a get that finds its entry is a use of it",
      hint = "What does a get change?")
  void getIsAUse() {
    LruCache<String, Integer> cache = new Solution<>(3);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3);
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.get("b")).isEqualTo(2);
    assertThat(cache.get("x")).as("a key that was never put").isNull();
    cache.put("d", 4);
    assertThat(cache.get("c")).as("c, the only entry not used since it was put").isNull();
    assertThat(cache.get("a")).as("a, used before b").isEqualTo(1);
    cache.put("e", 5);
    assertThat(cache.get("b")).as("b, used before d was put and a got").isNull();
    assertThat(cache.get("d")).isEqualTo(4);
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.get("e")).isEqualTo(5);
  }

  @Check(
      points = 10,
      title = "a put of a key that is there replaces its value, is a use and forgets nothing",
      hint = "What happens in your put before it knows whether the key is there?")
  void putOfAKnownKeyIsAUse() {
    LruCache<String, Integer> cache = new Solution<>(2);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("a", 10);
    assertThat(cache.size()).as("size after the value of a was replaced").isEqualTo(2);
    cache.put("c", 3);
    assertThat(cache.get("b")).as("b, used before a was put again").isNull();
    assertThat(cache.get("a")).as("the second value of a").isEqualTo(10);
    cache.put("a", 100);
    assertThat(cache.get("c")).as("c, after the value of a was replaced once more").isEqualTo(3);
    assertThat(cache.get("a")).as("the third value of a").isEqualTo(100);
    knowsKeysByEquals();
  }

  /** Two keys that are not equal, though their hash codes are, and one that is equal to one. */
  private static void knowsKeysByEquals() {
    LruCache<String, Integer> cache = new Solution<>(2);
    cache.put("Aa", 1);
    cache.put("BB", 2);
    assertThat(cache.size()).as("size after two keys with the same hash code").isEqualTo(2);
    assertThat(cache.get("Aa")).as("Aa, a key with the hash code of BB").isEqualTo(1);
    assertThat(cache.get("BB")).as("BB, a key with the hash code of Aa").isEqualTo(2);
    cache.put("AaAa".substring(2), 10);
    assertThat(cache.size()).as("size after a key that equals Aa was put").isEqualTo(2);
    cache.put("c", 3);
    assertThat(cache.get("BB")).as("BB, used before a key that equals Aa was put").isNull();
    assertThat(cache.get("Aa")).as("the second value of Aa").isEqualTo(10);
  }

  @Check(
      points = 8,
      title = "null, a negative capacity and no room at all",
      hint = "Follow a put into a cache of capacity 0 step by step.")
  void edges() throws Exception {
    for (int capacity : List.of(-1, Integer.MIN_VALUE)) {
      assertThatThrownBy(
              () -> {
                LruCache<String, Integer> cache = new Solution<>(capacity);
              },
              "a cache of capacity %d, which must throw IllegalArgumentException",
              capacity)
          .isInstanceOf(IllegalArgumentException.class);
    }
    LruCache<String, Integer> none = new Solution<>(0);
    none.put("a", 1);
    none.put("b", 2);
    assertThat(none.size()).as("size of a cache of capacity 0").isZero();
    assertThat(none.get("a")).as("a in a cache of capacity 0").isNull();
    assertThat(none.get("b")).as("b in a cache of capacity 0").isNull();

    LruCache<String, Integer> cache = new Solution<>(1);
    cache.put("a", 1);
    refuses(cache, "get(null)", () -> cache.get(null));
    refuses(cache, "put(null, 2)", () -> cache.put(null, 2));
    refuses(cache, "put(b, null)", () -> cache.put("b", null));
    assertThat(cache.get("a")).as("a after three refused calls").isEqualTo(1);

    LruCache<String, Integer> huge = new Solution<>(Integer.MAX_VALUE);
    huge.put("a", 1);
    assertThat(huge.get("a")).as("a in a cache of the largest capacity").isEqualTo(1);
  }

  /** In a thread of its own: what it still holds when it is refused keeps all others out. */
  private static void refuses(
      LruCache<String, Integer> cache, String call, ThrowingCallable refused) throws Exception {
    try (Crowd<?> callers =
        Crowd.of(
            1,
            () ->
                assertThatThrownBy(refused, "%s, which must throw NullPointerException", call)
                    .isInstanceOf(NullPointerException.class))) {
      callers.allFinish();
    }
    assertThat(cache.size()).as("size after %s was refused", call).isEqualTo(1);
  }

  @Check(
      points = 7,
      title = "a key that throws changes nothing and locks nobody out",
      hint = "Everything between lock and unlock may throw, a key's hashCode too.",
      needs = "forgetsTheLeastRecentlyUsed")
  @Explored
  void survivesAKeyThatThrows() throws Exception {
    LruCache<Object, Integer> cache = new Solution<>(2);
    cache.put("a", 1);
    cache.put("b", 2);
    Object bad = new ThrowingKey();
    try (Crowd<?> users = Crowd.of(1, () -> cache.get(bad))) {
      users.allFail(ArithmeticException.class);
    }
    try (Crowd<?> users = Crowd.of(1, () -> cache.put(bad, 3))) {
      users.allFail(ArithmeticException.class);
    }
    try (Crowd<?> users =
        Crowd.of(
            1,
            () -> {
              assertThat(cache.size()).as("size after a key that throws").isEqualTo(2);
              cache.put("c", 3);
              assertThat(cache.get("a")).as("a, which c took the place of").isNull();
              assertThat(cache.get("b")).as("b after a key that throws").isEqualTo(2);
              assertThat(cache.get("c")).as("c after a key that throws").isEqualTo(3);
            })) {
      users.allFinish();
    }
  }

  @Check(
      points = 8,
      title = "all threads share one cache, and every cache is on its own",
      hint = "Where do the entries live, and who sees that place?")
  @Explored
  void isSharedByAllThreads() throws Exception {
    for (int size : Effort.crowds()) {
      LruCache<Integer, Integer> roomy = new Solution<>(size);
      LruCache<Integer, Integer> small = new Solution<>(size == 1 ? 1 : size / 2);
      int room = size == 1 ? 1 : size / 2;
      try (Crowd<List<Integer>> writers =
          Crowd.numbered(
              size,
              number -> {
                roomy.put(number, 10 * number);
                small.put(number, number);
                return List.of(roomy.size(), small.size());
              })) {
        writers.allFinish();
        for (List<Integer> sizes : writers.results()) {
          assertThat(sizes.get(0)).as("size seen by a writer").isBetween(1, size);
          assertThat(sizes.get(1)).as("size seen by a writer").isBetween(1, room);
        }
      }
      assertThat(roomy.size()).as("size after a crowd of %d put a key each", size).isEqualTo(size);
      assertThat(small.size())
          .as("size of a cache of capacity %d after a crowd of %d put a key each", room, size)
          .isEqualTo(room);
      try (Crowd<@Nullable Integer> readers = Crowd.numbered(size, roomy::get)) {
        readers.allFinish();
        assertThat(readers.results())
            .as("what a crowd of %d finds, each under another's key", size)
            .isEqualTo(IntStream.range(0, size).mapToObj(number -> 10 * number).toList());
      }
    }
  }

  @Check(
      points = 10,
      title = "there are never more entries than the capacity, not even for a moment",
      hint = "What can another thread do between your test of the size and what you do next?",
      needs = "forgetsTheLeastRecentlyUsed")
  void isNeverOverCapacity() throws Exception {
    List<Step> meanwhile = List.of(new Step.Size(), new Step.Put(4), new Step.Size());
    for (List<Step> before :
        List.<List<Step>>of(List.of(new Step.Put(1), new Step.Put(2)), List.of(new Step.Put(1)))) {
      new Encounter(before, new Step.Put(3), meanwhile)
          .atEveryMoment(
              () -> new Solution<>(2),
              List.of(new Step.Size(), new Step.Put(5), new Step.Size()),
              (outcome, moment) -> {
                for (int i : List.of(0, 2)) {
                  assertThat((Integer) outcome.meanwhile().get(i))
                      .as(
                          "size seen in a cache of capacity 2 while another thread puts, %s",
                          moment)
                      .isLessThanOrEqualTo(2);
                  assertThat((Integer) outcome.after().get(i))
                      .as("size of a cache of capacity 2 after two puts met, one %s", moment)
                      .isEqualTo(2);
                }
              });
    }
  }

  @Check(
      points = 7,
      title = "recency is strict, wherever in an operation another thread comes in",
      hint = "Is what a get has found still in the cache when the get moves it?",
      needs = "forgetsTheLeastRecentlyUsed")
  void recencyIsStrict() throws Exception {
    List<Step> two = List.of(new Step.Put(1), new Step.Put(2));
    for (Step stopped : List.of(new Step.Get(1), new Step.Put(1, 11), new Step.Put(3))) {
      for (List<Step> meanwhile :
          List.<List<Step>>of(
              List.of(new Step.Get(1)),
              List.of(new Step.Put(3), new Step.Size()),
              List.of(new Step.Put(2, 22), new Step.Get(1)))) {
        for (int capacity : List.of(2, 3)) {
          new Encounter(two, stopped, meanwhile)
              .hasAnOrderAtEveryMoment(capacity, () -> new Solution<>(capacity));
        }
      }
    }
  }

  @Check(
      points = 5,
      title = "get and put never wait for each other in a circle",
      hint = "If there are two locks, does everybody take them in the same order?",
      needs = "forgetsTheLeastRecentlyUsed")
  @Explored
  void neverDeadlocks() throws Exception {
    List<Step> two = List.of(new Step.Put(1), new Step.Put(2));
    List<Step> steps =
        List.of(new Step.Get(1), new Step.Put(1, 11), new Step.Put(3), new Step.Size());
    for (Step one : steps) {
      for (Step other : List.of(new Step.Put(4), new Step.Put(1, 11), new Step.Get(2))) {
        meet(two, one, other);
      }
    }
    // Real threads meet between two locks by luck, or where a key is used there.
    for (Step stopped : steps.subList(0, Effort.many(steps.size(), 0))) {
      for (Step meanwhile : steps) {
        new Encounter(two, stopped, List.of(meanwhile))
            .atEveryMoment(() -> new Solution<>(2), List.of(), (outcome, moment) -> {});
      }
    }
  }

  /** Two threads do an operation each; where schedules are explored, in each other's midst. */
  private static void meet(List<Step> before, Step one, Step other) throws Exception {
    LruCache<Key, Integer> cache = new Solution<>(2);
    before.forEach(step -> step.on(cache));
    try (Crowd<Object> users = Crowd.numbered(2, number -> (number == 0 ? one : other).on(cache))) {
      users.allFinish();
    }
  }

  @Check(
      points = 10,
      title = "every concurrent history has a sequential explanation",
      hint = "Who may run beside a get, if a get changes the order?")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .beginningWith("new Solution<>(2)", "put(1, 10)", "put(2, 20)")
        .concurrently("get(1)", "get(2)")
        .then("putThenSize(3); putThenSize(4)")
        .concurrently("get(1)", "putThenSize(3)")
        .then("get(1); get(2)")
        .concurrently("putThenSize(3)", "putThenSize(4)")
        .then("get(1); get(2)")
        .operationsAfter(2)
        .against(Sequential.class);
  }

  /** A key whose hash cannot be computed. */
  private static final class ThrowingKey {

    @Override
    public int hashCode() {
      throw new ArithmeticException("a key that throws");
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  /** A full cache of two entries; a put tells the size too, which is two whoever runs beside it. */
  public static final class Operations {

    private final LruCache<Integer, Integer> cache = new Solution<>(2);

    public Operations() {
      cache.put(1, 10);
      cache.put(2, 20);
    }

    @Operation
    public @Nullable Integer get(@Param(gen = IntGen.class, conf = "1:2") int key) {
      return cache.get(key);
    }

    @Operation
    public int putThenSize(@Param(gen = IntGen.class, conf = "3:4") int key) {
      cache.put(key, 10 * key);
      return cache.size();
    }
  }

  /** The same for one thread. */
  public static final class Sequential {

    private final LruCache<Integer, Integer> cache = new SequentialCache<>(2);

    public Sequential() {
      cache.put(1, 10);
      cache.put(2, 20);
    }

    public @Nullable Integer get(int key) {
      return cache.get(key);
    }

    public int putThenSize(int key) {
      cache.put(key, 10 * key);
      return cache.size();
    }
  }
}
