package org.katagrade.races;

import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.SplittableRandom;
import java.util.StringTokenizer;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Objects that move on with each call, and maps that are less usual. */
final class Cursors {

  private Cursors() {}

  @Racy
  static void matcherOfBoth(Fork fork) throws InterruptedException {
    Matcher matcher = Pattern.compile("a").matcher("aaaa");
    Runnable find = () -> matcher.find(); // race: matcherOfBoth
    TwoThreads.inTurn(fork, find, find);
  }

  @Racy
  static void groupBesideFind(Fork fork) throws InterruptedException {
    Matcher matcher = Pattern.compile("a").matcher("aaaa");
    matcher.find();
    TwoThreads.inTurn(
        fork,
        () -> matcher.group(), // race: groupBesideFind
        () -> matcher.find()); // race: groupBesideFind
  }

  @RaceFree("Pattern: immutable and safe for use by multiple concurrent threads")
  static void patternOfBoth(Fork fork) throws InterruptedException {
    Pattern pattern = Pattern.compile("a+");
    Runnable match =
        () -> {
          if (!pattern.matcher("aaaa").matches()) {
            throw new AssertionError(pattern);
          }
        };
    TwoThreads.together(fork, match, match);
  }

  @RaceFree("JLS 17.4.5: what was matched before the threads started is only read")
  static void groupsOfBoth(Fork fork) throws InterruptedException {
    Matcher matcher = Pattern.compile("(a)(b)").matcher("ab");
    matcher.matches();
    Runnable read =
        () -> {
          if (!matcher.group(1).equals("a") || matcher.start(2) != 1) {
            throw new AssertionError(matcher);
          }
        };
    TwoThreads.together(fork, read, read);
  }

  @Racy
  static void generatorOfBoth(Fork fork) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    Runnable next = () -> random.nextInt(10); // race: generatorOfBoth
    TwoThreads.inTurn(fork, next, next);
  }

  @RaceFree("SplittableRandom.split: shares no mutable state with this instance")
  static void generatorsSplit(Fork fork) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    SplittableRandom other = random.split();
    TwoThreads.together(fork, () -> random.nextInt(), () -> other.nextInt());
  }

  @Racy
  static void scannerOfBoth(Fork fork) throws InterruptedException {
    Scanner scanner = new Scanner("one two three four");
    Runnable next = () -> scanner.next(); // race: scannerOfBoth
    TwoThreads.inTurn(fork, next, next);
  }

  @RaceFree("JLS 17.4.5: the scanner is used only under its monitor")
  static void scannerUnderItsMonitor(Fork fork) throws InterruptedException {
    Scanner scanner = new Scanner("1 2 3 4");
    Runnable next =
        () -> {
          synchronized (scanner) {
            scanner.nextInt();
          }
        };
    TwoThreads.together(fork, next, next);
  }

  @Racy
  static void tokenizerOfBoth(Fork fork) throws InterruptedException {
    StringTokenizer words = new StringTokenizer("one two three");
    Runnable next = () -> words.nextToken(); // race: tokenizerOfBoth
    TwoThreads.inTurn(fork, next, next);
  }

  @Racy
  static void identityMapReadBesideAPut(Fork fork) throws InterruptedException {
    Map<Object, Integer> map = new IdentityHashMap<>();
    TwoThreads.inTurn(
        fork,
        () -> map.put("one", 1), // race: identityMapReadBesideAPut
        () -> map.get("one")); // race: identityMapReadBesideAPut
  }

  @Racy
  static void weakMapPutByBoth(Fork fork) throws InterruptedException {
    Map<Object, Integer> map = new WeakHashMap<>();
    Runnable put = () -> map.put("one", 1); // race: weakMapPutByBoth
    TwoThreads.inTurn(fork, put, put);
  }

  @RaceFree("JLS 17.4.5: both maps are used only under one monitor")
  static void mapsUnderAMonitor(Fork fork) throws InterruptedException {
    Map<Object, Integer> weak = new WeakHashMap<>();
    Map<Object, Integer> identity = new IdentityHashMap<>();
    Runnable put =
        () -> {
          synchronized (weak) {
            weak.merge("one", 1, Integer::sum);
            identity.putAll(weak);
          }
        };
    TwoThreads.together(fork, put, put);
    if (weak.get("one") != 2) {
      throw new AssertionError(weak);
    }
  }

  @Racy
  static void calendarReadBesideASet(Fork fork) throws InterruptedException {
    Calendar calendar = new GregorianCalendar(2026, Calendar.MARCH, 1);
    TwoThreads.inTurn(
        fork,
        () -> calendar.set(Calendar.YEAR, 2027), // race: calendarReadBesideASet
        () -> calendar.get(Calendar.YEAR)); // race: calendarReadBesideASet
  }

  @RaceFree("JLS 17.4.5: each thread has a calendar of its own")
  static void calendarEach(Fork fork) throws InterruptedException {
    Calendar calendar = new GregorianCalendar(2026, Calendar.MARCH, 1);
    Calendar copy = (Calendar) calendar.clone();
    TwoThreads.together(
        fork, () -> calendar.add(Calendar.DATE, 1), () -> copy.add(Calendar.DATE, 2));
  }

  @RaceFree("JLS 17.4.5: the iterators are of one list that nobody changes")
  static void iteratorsOfOneList(Fork fork) throws InterruptedException {
    List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));
    Runnable sum =
        () -> {
          int total = 0;
          for (int number : numbers) {
            total += number;
          }
          if (total != 6) {
            throw new AssertionError(total);
          }
        };
    TwoThreads.together(fork, sum, sum);
  }
}
