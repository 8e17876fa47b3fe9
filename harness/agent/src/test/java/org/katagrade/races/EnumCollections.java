package org.katagrade.races;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link EnumSet} and {@link EnumMap}, which nothing guards, and bulk reads of a map that is. */
final class EnumCollections {

  private static final String JOIN = "Thread.join: all actions of a thread precede its return";
  private static final String MONITOR = "JLS 17.4.5: an unlock precedes every later lock";
  private static final String PLACED =
      "ConcurrentHashMap: an update of a key happens before a retrieval that reports it";

  private enum Day {
    MONDAY,
    TUESDAY
  }

  private int value;

  private EnumCollections(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(MONITOR)
  static void setUnderAMonitor(Fork fork) throws InterruptedException {
    Set<Day> days = EnumSet.noneOf(Day.class);
    TwoThreads.together(fork, () -> add(days, Day.MONDAY), () -> add(days, Day.TUESDAY));
    expect(2, days.size());
  }

  private static void add(Set<Day> days, Day day) {
    synchronized (days) {
      days.add(day);
    }
  }

  @Racy
  static void setOfTwoWriters(Fork fork) throws InterruptedException {
    Set<Day> days = EnumSet.noneOf(Day.class);
    TwoThreads.inTurn(
        fork,
        () -> days.add(Day.MONDAY), // race: setOfTwoWriters
        () -> days.add(Day.TUESDAY)); // race: setOfTwoWriters
  }

  @RaceFree(JOIN)
  static void mapReadAfterJoin(Fork fork) throws InterruptedException {
    Map<Day, Integer> shifts = new EnumMap<>(Day.class);
    Thread writer = fork.thread(() -> shifts.put(Day.MONDAY, 3));
    writer.start();
    writer.join();
    expect(3, shifts.get(Day.MONDAY));
  }

  @Racy
  static void mapWrittenAndRead(Fork fork) throws InterruptedException {
    Map<Day, Integer> shifts = new EnumMap<>(Day.class);
    int[] seen = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> shifts.put(Day.MONDAY, 3), // race: mapWrittenAndRead
        () -> seen[0] = shifts.getOrDefault(Day.MONDAY, 0)); // race: mapWrittenAndRead
  }

  @RaceFree(PLACED)
  static void searchedAndReduced(Fork fork) throws InterruptedException {
    ConcurrentHashMap<Day, EnumCollections> map = new ConcurrentHashMap<>();
    int[] seen = new int[2];
    TwoThreads.inTurn(
        fork,
        () -> map.put(Day.MONDAY, new EnumCollections(5)),
        () -> {
          seen[0] = map.search(1, (day, box) -> box.value);
          seen[1] = map.reduceValuesToInt(Long.MAX_VALUE, box -> box.value, 0, Integer::sum);
        });
    expect(5, seen[0]);
    expect(5, seen[1]);
    expect(5, map.reduceValues(1, (one, other) -> one).value);
  }

  @Racy
  static void reducedWhatChangesInPlace(Fork fork) throws InterruptedException {
    ConcurrentHashMap<Day, EnumCollections> map = new ConcurrentHashMap<>();
    EnumCollections box = new EnumCollections(5);
    map.put(Day.MONDAY, box);
    int[] seen = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> box.value = 6, // race: reducedWhatChangesInPlace
        () ->
            seen[0] =
                map.reduceValues(
                    Long.MAX_VALUE,
                    each -> each.value, // race: reducedWhatChangesInPlace
                    Integer::sum));
  }
}
