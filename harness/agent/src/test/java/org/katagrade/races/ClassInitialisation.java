package org.katagrade.races;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Static fields and the initialisation of their classes, which is seen once in a JVM. */
final class ClassInitialisation {

  private static final String INITIALISED =
      "JLS 12.4.2: whoever uses a class locks what its initialisation has unlocked";

  private ClassInitialisation() {}

  private static final class Config {
    int port;

    Config(int port) {
      this.port = port;
    }
  }

  private static final class Result {
    int one;
    int other;
  }

  private static final class Holder {
    static final Config CONFIG = new Config(8080);

    private Holder() {}
  }

  @RaceFree(INITIALISED)
  static void holderIdiom(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork, () -> result.one = Holder.CONFIG.port, () -> result.other = Holder.CONFIG.port);
    if (result.one != 8080 || result.other != 8080) {
      throw new AssertionError(result.one);
    }
  }

  private enum Planet {
    EARTH,
    MARS;

    private int moons;

    static {
      EARTH.moons = 1;
      MARS.moons = 2;
    }
  }

  @RaceFree(INITIALISED)
  static void enumConstants(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork, () -> result.one = Planet.EARTH.moons, () -> result.other = Planet.MARS.moons);
    if (result.one != 1 || result.other != 2) {
      throw new AssertionError(result.one);
    }
  }

  private enum Service {
    INSTANCE;

    private final Map<Integer, String> answers = new HashMap<>();

    Service() {
      answers.put(42, "why");
    }

    int known() {
      return answers.size();
    }
  }

  @RaceFree(INITIALISED)
  static void enumSingleton(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork,
        () -> result.one = Service.INSTANCE.known(),
        () -> result.other = Service.INSTANCE.known());
    if (result.one + result.other != 2) {
      throw new AssertionError(result.one);
    }
  }

  private static final class Squares {
    private static final Map<Integer, Integer> TABLE = new HashMap<>();
    private static int[] roots = new int[50];

    static {
      for (int i = 0; i < 7; i++) {
        TABLE.put(i, i * i);
        roots[i * i] = i;
      }
    }

    private Squares() {}

    static int of(int number) {
      return TABLE.get(number) + roots[number];
    }
  }

  @RaceFree(INITIALISED)
  static void tablesFilledInAStaticBlock(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(fork, () -> result.one = Squares.of(4), () -> result.other = Squares.of(4));
    if (result.one != 18 || result.other != 18) {
      throw new AssertionError(result.one);
    }
  }

  private static class Base {
    static int limit = 3;

    static {
      limit += 4;
    }
  }

  private static final class Derived extends Base {
    final int own;

    Derived() {
      own = limit;
    }
  }

  @RaceFree("JLS 12.4.1: making an object initialises its class and superclass first")
  static void superclassOfANewObject(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork, () -> result.one = new Derived().own, () -> result.other = Derived.limit);
    if (result.one != 7 || result.other != 7) {
      throw new AssertionError(result.one);
    }
  }

  private interface Defaults {
    int[] PORTS = ports();

    private static int[] ports() {
      int[] ports = new int[2];
      ports[0] = 80;
      ports[1] = 443;
      return ports;
    }
  }

  @RaceFree(INITIALISED)
  static void interfaceField(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork, () -> result.one = Defaults.PORTS[0], () -> result.other = Defaults.PORTS[1]);
    if (result.one != 80 || result.other != 443) {
      throw new AssertionError(result.one);
    }
  }

  private static final class Plugin {
    static Config config = new Config(1);

    private Plugin() {}
  }

  @RaceFree(INITIALISED)
  static void initialisedByName(Fork fork) throws InterruptedException {
    Result result = new Result();
    String name = Plugin.class.getName();
    TwoThreads.together(
        fork,
        () -> {
          try {
            Class.forName(name);
          } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
          }
          result.one = 1;
        },
        () -> result.other = Plugin.config.port);
    if (result.one != 1 || result.other != 1) {
      throw new AssertionError(result.other);
    }
  }

  private static final class Sessions {
    static int opened;
    static String last = "";
    static long total;
    static final Map<Planet, Integer> BY_PLANET = new EnumMap<>(Planet.class);

    private Sessions() {}

    static void open() {
      opened++; // race: counter
    }

    static synchronized void add(int seconds) {
      total += seconds;
    }
  }

  @Racy
  static void counter(Fork fork) throws InterruptedException {
    TwoThreads.together(fork, Sessions::open, Sessions::open);
  }

  @Racy
  static void assignedLater(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.together(
        fork,
        () -> Sessions.last = "late", // race: assignedLater
        () -> result.one = Sessions.last.length()); // race: assignedLater
  }

  @Racy
  static void mapChangedAfterInitialisation(Fork fork) throws InterruptedException {
    Result result = new Result();
    TwoThreads.inTurn(
        fork,
        () -> Sessions.BY_PLANET.put(Planet.EARTH, 1), // race: mapChangedAfterInitialisation
        () -> result.one = Sessions.BY_PLANET.size()); // race: mapChangedAfterInitialisation
  }

  @RaceFree("JLS 17.4.5: changed only under the monitor of the class")
  static void totalUnderTheMonitor(Fork fork) throws InterruptedException {
    long before = Sessions.total;
    TwoThreads.together(fork, () -> Sessions.add(2), () -> Sessions.add(3));
    if (Sessions.total != before + 5) {
      throw new AssertionError(Sessions.total);
    }
  }
}
