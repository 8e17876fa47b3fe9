package org.katagrade.races;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Caches of results, made of a {@link ConcurrentMap}. */
final class Memoizers {

  private int value;
  private int seen;

  private Memoizers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** As in Java Concurrency in Practice: who comes first computes, the others wait. */
  private static Memoizers memoized(
      ConcurrentMap<Integer, FutureTask<Memoizers>> cache, int argument) throws Exception {
    FutureTask<Memoizers> known = cache.get(argument);
    if (known == null) {
      FutureTask<Memoizers> mine =
          new FutureTask<>(
              () -> {
                Memoizers result = new Memoizers();
                result.value = argument * argument;
                return result;
              });
      known = cache.putIfAbsent(argument, mine);
      if (known == null) {
        known = mine;
        mine.run();
      }
    }
    return known.get(30, TimeUnit.SECONDS);
  }

  @RaceFree("ConcurrentMap.putIfAbsent; Future: the computation happens before what follows get()")
  static void memoizer(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, FutureTask<Memoizers>> cache = new ConcurrentHashMap<>();
    Runnable use =
        Checked.task(
            () -> {
              for (int argument = 1; argument <= 5; argument++) {
                expect(argument * argument, memoized(cache, argument).value);
              }
            });
    TwoThreads.together(fork, use, use);
    expect(5, cache.size());
  }

  @Racy
  static void putBeforeItIsComputed(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, Memoizers> cache = new ConcurrentHashMap<>();
    TwoThreads.inTurn(
        fork,
        () -> {
          Memoizers result = new Memoizers();
          cache.put(3, result);
          result.value = 9; // race: putBeforeItIsComputed
        },
        () -> {
          Memoizers found = cache.get(3);
          found.seen = found.value; // race: putBeforeItIsComputed
        });
  }

  private static final class Name {
    private final String text;
    private int hash;

    Name(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
      return hash != 0 ? hash : (hash = text.hashCode()); // race: hashKeptInTheKey
    }
  }

  @Racy
  static void hashKeptInTheKey(Fork fork) throws InterruptedException {
    ConcurrentMap<Name, Integer> map = new ConcurrentHashMap<>();
    Name name = new Name("name");
    Runnable look = () -> map.get(name);
    TwoThreads.together(fork, look, look);
  }

  private static Memoizers promised(
      ConcurrentMap<Integer, CompletableFuture<Memoizers>> cache, int argument) {
    CompletableFuture<Memoizers> mine = new CompletableFuture<>();
    CompletableFuture<Memoizers> known = cache.putIfAbsent(argument, mine);
    if (known != null) {
      return known.join();
    }
    Memoizers result = new Memoizers();
    mine.complete(result);
    result.value = argument * argument; // race: promisedBeforeItIsComputed
    return result;
  }

  @Racy
  static void promisedBeforeItIsComputed(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, CompletableFuture<Memoizers>> cache = new ConcurrentHashMap<>();
    TwoThreads.inTurn(
        fork,
        () -> promised(cache, 3),
        () -> {
          Memoizers found = promised(cache, 3);
          found.seen = found.value; // race: promisedBeforeItIsComputed
        });
  }

  @RaceFree("ConcurrentMap.putIfAbsent; Future: before what follows get(), which join() is")
  static void promises(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, CompletableFuture<Memoizers>> cache = new ConcurrentHashMap<>();
    Runnable use =
        () -> {
          for (int argument = 1; argument <= 5; argument++) {
            CompletableFuture<Memoizers> mine = new CompletableFuture<>();
            CompletableFuture<Memoizers> known = cache.putIfAbsent(argument, mine);
            if (known == null) {
              Memoizers result = new Memoizers();
              result.value = argument;
              mine.complete(result);
              known = mine;
            }
            expect(argument, known.join().value);
          }
        };
    TwoThreads.together(fork, use, use);
    expect(5, cache.size());
  }
}
