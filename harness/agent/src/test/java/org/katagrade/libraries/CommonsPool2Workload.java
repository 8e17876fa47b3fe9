package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Pools of connections, plain and keyed, with an evictor and a look for abandoned objects. */
final class CommonsPool2Workload {

  private static final int PLATFORM = 4;
  private static final int VIRTUAL = 6;
  private static final int TURNS = 600 * Team.ROUNDS;

  private CommonsPool2Workload() {}

  /** Used by one thread at a time; the pool hands it over. */
  private static final class Connection {
    private int uses;
    private int open;
    private boolean closed;

    void use() {
      check(open++ == 0 && !closed, "used by two");
      uses++;
      open--;
    }
  }

  private static final class Factory extends BasePooledObjectFactory<Connection> {
    private final AtomicInteger uses = new AtomicInteger();

    @Override
    public Connection create() {
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
      return !pooled.getObject().closed;
    }

    @Override
    public void passivateObject(PooledObject<Connection> pooled) {
      pooled.getObject().open = 0;
    }

    @Override
    public void destroyObject(PooledObject<Connection> pooled) {
      pooled.getObject().closed = true;
      uses.addAndGet(pooled.getObject().uses);
    }
  }

  private static final class KeyedFactory extends BaseKeyedPooledObjectFactory<String, Connection> {
    @Override
    public Connection create(String key) {
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }
  }

  static void run() throws Exception {
    pool(true);
    pool(false);
    keyed();
  }

  private static void pool(boolean lifo) throws Exception {
    GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(5);
    config.setMinIdle(1);
    config.setLifo(lifo);
    config.setTestOnBorrow(true);
    config.setTestWhileIdle(true);
    config.setJmxEnabled(false);
    config.setMaxWait(Duration.ofSeconds(60));
    config.setTimeBetweenEvictionRuns(Duration.ofMillis(5));
    config.setMinEvictableIdleDuration(Duration.ofMillis(1));
    AbandonedConfig abandoned = new AbandonedConfig();
    abandoned.setRemoveAbandonedOnBorrow(true);
    abandoned.setRemoveAbandonedOnMaintenance(true);
    abandoned.setRemoveAbandonedTimeout(Duration.ofSeconds(100));
    Factory factory = new Factory();
    GenericObjectPool<Connection> pool = new GenericObjectPool<>(factory, config, abandoned);
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            Connection connection = pool.borrowObject();
            connection.use();
            if (i % 300 == 299) {
              pool.invalidateObject(connection);
            } else {
              pool.returnObject(connection);
            }
            if (i % 100 == 0) {
              check(pool.getNumActive() <= 5, "active");
              Thread.sleep(1);
            }
          }
        });
    check(pool.getNumActive() == 0, "none active");
    check(pool.getBorrowedCount() == (long) TURNS * (PLATFORM + VIRTUAL), "borrowed");
    pool.close();
    check(factory.uses.get() == TURNS * (PLATFORM + VIRTUAL), "uses " + factory.uses);
  }

  private static void keyed() throws Exception {
    GenericKeyedObjectPoolConfig<Connection> config = new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotalPerKey(3);
    config.setMaxTotal(-1);
    config.setJmxEnabled(false);
    // Without an evictor: what it destroys may be destroyed twice, and the pool then loses the key.
    KeyedObjectPool<String, Connection> pool =
        new GenericKeyedObjectPool<>(new KeyedFactory(), config);
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            String key = "db" + (i + who) % 4;
            Connection connection = pool.borrowObject(key);
            connection.use();
            pool.returnObject(key, connection);
          }
        });
    check(pool.getNumActive() == 0, "none active");
    pool.close();
  }
}
