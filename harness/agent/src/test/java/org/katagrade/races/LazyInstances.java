package org.katagrade.races;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Objects made when they are first asked for. */
final class LazyInstances {

  private LazyInstances() {}

  private static final class Connection {
    private final String address;
    private int uses;

    Connection(String address) {
      this.address = address;
    }
  }

  private static final class Pool {
    private volatile @Nullable Connection connection;
    private @Nullable Connection plainConnection;
    private volatile boolean opened;
    private final Map<String, Connection> byName = new HashMap<>();

    synchronized Connection underTheMonitor() {
      if (plainConnection == null) {
        plainConnection = new Connection("db");
        plainConnection.uses = 1;
      }
      return plainConnection;
    }

    Connection doubleChecked() {
      Connection seen = connection;
      if (seen == null) {
        synchronized (this) {
          seen = connection;
          if (seen == null) {
            seen = new Connection("db");
            seen.uses = 1;
            connection = seen;
          }
        }
      }
      return seen;
    }

    Connection doubleCheckedWithoutVolatile() {
      Connection seen = plainConnection; // race: doubleCheckedWithoutVolatile
      if (seen == null) {
        synchronized (this) {
          seen = plainConnection;
          if (seen == null) {
            seen = new Connection("db");
            plainConnection = seen; // race: doubleCheckedWithoutVolatile
          }
        }
      }
      return seen;
    }

    Connection withoutLock() {
      Connection seen = plainConnection; // race: withoutLock
      if (seen == null) {
        seen = new Connection("db");
        plainConnection = seen; // race: withoutLock
      }
      return seen;
    }

    @Nullable Connection flagBeforeTheObject() {
      if (!opened) {
        synchronized (this) {
          if (!opened) {
            opened = true;
            plainConnection = new Connection("db"); // race: flagBeforeTheObject
          }
        }
      }
      return plainConnection; // race: flagBeforeTheObject
    }

    @Nullable Connection flagAfterTheObject() {
      if (!opened) {
        synchronized (this) {
          if (!opened) {
            plainConnection = new Connection("db");
            opened = true;
          }
        }
      }
      return plainConnection;
    }

    Connection singleChecked() {
      Connection seen = connection;
      if (seen == null) {
        seen = new Connection("db");
        seen.uses = 1;
        connection = seen;
      }
      return seen;
    }

    synchronized Connection named(String name) {
      return byName.computeIfAbsent(name, Connection::new);
    }

    Connection namedWithAQuickLook(String name) {
      Connection known = byName.get(name); // race: quickLookIntoTheMap
      if (known != null) {
        return known;
      }
      synchronized (this) {
        Connection made = new Connection(name);
        byName.put(name, made); // race: quickLookIntoTheMap
        return made;
      }
    }
  }

  private static final class Client implements Runnable {
    private final Pool pool;
    private final boolean checkedOnce;
    private int uses;
    private String address = "";

    Client(Pool pool, boolean checkedOnce) {
      this.pool = pool;
      this.checkedOnce = checkedOnce;
    }

    @Override
    public void run() {
      Connection connection = checkedOnce ? pool.singleChecked() : pool.doubleChecked();
      uses = connection.uses;
      address = connection.address;
    }
  }

  private static void useFromTwo(Fork fork, boolean checkedOnce) throws InterruptedException {
    Pool pool = new Pool();
    Client one = new Client(pool, checkedOnce);
    Client other = new Client(pool, checkedOnce);
    TwoThreads.together(fork, one, other);
    if (one.uses != 1 || other.uses != 1 || !one.address.equals(other.address)) {
      throw new AssertionError(one.uses);
    }
  }

  @RaceFree("JLS 17.4.5: the volatile write comes before the read that finds the object")
  static void doubleChecked(Fork fork) throws InterruptedException {
    useFromTwo(fork, false);
  }

  @RaceFree("JLS 17.4.5: two objects may be made, each is complete before its volatile write")
  static void singleChecked(Fork fork) throws InterruptedException {
    useFromTwo(fork, true);
  }

  @Racy
  static void doubleCheckedWithoutVolatile(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    Runnable use = pool::doubleCheckedWithoutVolatile;
    TwoThreads.together(fork, use, use);
  }

  @Racy
  static void withoutLock(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    Runnable use = pool::withoutLock;
    // At once both might write, which would be another race.
    TwoThreads.inTurn(fork, use, use);
  }

  @RaceFree("JLS 17.4.5: one monitor for making and reading")
  static void underTheMonitor(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    Thread one = fork.thread(pool::underTheMonitor);
    one.start();
    int uses = pool.underTheMonitor().uses;
    one.join();
    if (uses != 1) {
      throw new AssertionError(uses);
    }
  }

  @Racy
  static void flagBeforeTheObject(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    Runnable use = pool::flagBeforeTheObject;
    TwoThreads.inTurn(fork, use, use);
  }

  @RaceFree("JLS 17.4.5: the object is written before the volatile flag")
  static void flagAfterTheObject(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    Thread one = fork.thread(pool::flagAfterTheObject);
    one.start();
    Connection seen = pool.flagAfterTheObject();
    one.join();
    if (seen == null || !seen.address.equals("db")) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("JLS 17.4.5: the map is used only under the monitor")
  static void mapUnderTheMonitor(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    TwoThreads.together(fork, () -> pool.named("a"), () -> pool.named("a"));
    if (pool.byName.size() != 1) {
      throw new AssertionError(pool.byName);
    }
  }

  @Racy
  static void quickLookIntoTheMap(Fork fork) throws InterruptedException {
    Pool pool = new Pool();
    TwoThreads.inTurn(
        fork, () -> pool.namedWithAQuickLook("a"), () -> pool.namedWithAQuickLook("a"));
  }
}
