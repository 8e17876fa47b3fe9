package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Constructors that give {@code this} away. */
final class EscapingThis {

  private EscapingThis() {}

  private static final class Registry {
    volatile @Nullable Listener listener;

    Listener await() {
      while (true) {
        Listener seen = listener;
        if (seen != null) {
          return seen;
        }
        Thread.yield();
      }
    }
  }

  private static class Listener {
    private int limit;

    Listener(Registry registry) {
      registry.listener = this;
      limit = 10; // race: registersItselfFirst
    }

    Listener(Registry registry, int limit) {
      this.limit = limit;
      registry.listener = this;
    }

    int limit() {
      return limit; // race: registersItselfFirst
    }
  }

  @Racy
  static void registersItselfFirst(Fork fork) throws InterruptedException {
    Registry registry = new Registry();
    Thread maker = fork.thread(() -> new Listener(registry));
    maker.start();
    int limit = registry.await().limit();
    maker.join();
    if (limit < 0) {
      throw new AssertionError(limit);
    }
  }

  @RaceFree("JLS 17.4.5: the fields are set before the volatile write")
  static void registersItselfLast(Fork fork) throws InterruptedException {
    Registry registry = new Registry();
    Thread maker = fork.thread(() -> new Listener(registry, 10));
    maker.start();
    int limit = registry.await().limit();
    maker.join();
    if (limit != 10) {
      throw new AssertionError(limit);
    }
  }

  private static final class NamedListener extends Listener {
    private String name;

    NamedListener(Registry registry, String name) {
      super(registry, 1);
      this.name = name; // race: superclassRegistersTooEarly
    }

    String name() {
      return name; // race: superclassRegistersTooEarly
    }
  }

  @Racy
  static void superclassRegistersTooEarly(Fork fork) throws InterruptedException {
    Registry registry = new Registry();
    Thread maker = fork.thread(() -> new NamedListener(registry, "late"));
    maker.start();
    String name = ((NamedListener) registry.await()).name();
    maker.join();
    if ("early".equals(name)) {
      throw new AssertionError(name);
    }
  }

  private static final class Ticker implements Runnable {
    private final List<Integer> ticks = new ArrayList<>();
    private int from;
    private int step;
    private final Thread thread;

    Ticker(Fork fork, int from) {
      this.from = from;
      thread = fork.thread(this);
      thread.start();
      step = 2; // race: startsItsThreadTooEarly
    }

    Ticker(Fork fork, int from, int step) {
      this.from = from;
      this.step = step;
      thread = fork.thread(this);
      thread.start();
    }

    @Override
    public void run() {
      int by = step; // race: startsItsThreadTooEarly
      for (int i = 0; i < 3; i++) {
        ticks.add(from);
        from += by;
      }
    }
  }

  @Racy
  static void startsItsThreadTooEarly(Fork fork) throws InterruptedException {
    Ticker ticker = new Ticker(fork, 5);
    ticker.thread.join();
  }

  @RaceFree("JLS 17.4.5: what comes before start() happens before the thread's actions")
  static void startsItsThreadLast(Fork fork) throws InterruptedException {
    Ticker ticker = new Ticker(fork, 5, 2);
    ticker.thread.join();
    if (!ticker.ticks.equals(List.of(5, 7, 9))) {
      throw new AssertionError(ticker.ticks);
    }
  }

  private static final class Form {
    private final List<String> fields = new ArrayList<>();
    private int changes;

    Runnable change() {
      return () -> changes++; // race: oneHandlerForTwo
    }

    final class Field {
      private final String name;

      Field(String name) {
        this.name = name;
        synchronized (fields) {
          fields.add(this.name);
        }
      }
    }
  }

  @RaceFree("JLS 17.4.5: each inner object enters itself under the list's monitor")
  static void innerObjectsEnterThemselves(Fork fork) throws InterruptedException {
    Form form = new Form();
    TwoThreads.together(fork, () -> form.new Field("name"), () -> form.new Field("age"));
    if (form.fields.size() != 2) {
      throw new AssertionError(form.fields);
    }
  }

  @Racy
  static void oneHandlerForTwo(Fork fork) throws InterruptedException {
    Form form = new Form();
    TwoThreads.together(fork, form.change(), form.change());
  }
}
