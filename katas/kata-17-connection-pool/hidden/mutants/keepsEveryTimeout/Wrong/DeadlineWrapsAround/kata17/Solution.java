package kata17;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pool with a lock and a line of callers. */
public final class Solution implements ConnectionPool {

  private final int maxOpen;
  private final ConnectionFactory factory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Turn> line = new ArrayDeque<>();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Set<Connection> lent = Collections.newSetFromMap(new IdentityHashMap<>());
  private int open;
  private boolean closed;

  public Solution(int maxOpen, ConnectionFactory factory) {
    if (maxOpen < 1) {
      throw new IllegalArgumentException("maxOpen must be at least 1, but was " + maxOpen);
    }
    this.maxOpen = maxOpen;
    this.factory = Objects.requireNonNull(factory);
  }

  @Override
  public Connection acquire() throws InterruptedException, IOException {
    return take(lineUp());
  }

  @Override
  public Connection acquire(Duration timeout)
      throws InterruptedException, TimeoutException, IOException {
    return take(lineUp(nanosOf(timeout)));
  }

  @Override
  public void release(Connection connection) {
    Objects.requireNonNull(connection);
    lock.lock();
    try {
      if (!lent.remove(connection)) {
        throw new IllegalArgumentException("not lent by this pool: " + connection);
      }
      if (closed || !connection.isAlive()) {
        discard(connection);
      } else {
        idle.push(connection);
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!idle.isEmpty()) {
        discard(idle.pop());
      }
      for (Turn turn : line) {
        turn.changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Stats stats() {
    lock.lock();
    try {
      return new Stats(maxOpen, open, idle.size(), line.size());
    } finally {
      lock.unlock();
    }
  }

  private Turn lineUp() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Turn turn = join();
      try {
        while (waits(turn)) {
          turn.changed.await();
        }
      } catch (InterruptedException e) {
        interrupted(turn, e);
      } finally {
        line.remove(turn);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private Turn lineUp(long timeoutNanos) throws InterruptedException, TimeoutException {
    lock.lockInterruptibly();
    try {
      Turn turn = join();
      try {
        long deadline = System.nanoTime() + timeoutNanos;
        while (waits(turn)) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            throw new TimeoutException("no connection became free in time");
          }
          turn.changed.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        interrupted(turn, e);
      } finally {
        line.remove(turn);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private Turn join() {
    Turn turn = new Turn(lock.newCondition());
    line.add(turn);
    serve();
    return turn;
  }

  private boolean waits(Turn turn) {
    if (turn.served) {
      return false;
    }
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    return true;
  }

  private static void interrupted(Turn turn, InterruptedException e) throws InterruptedException {
    if (!turn.served) {
      throw e;
    }
    Thread.currentThread().interrupt();
  }

  private void serve() {
    while (!closed && !line.isEmpty()) {
      Connection connection = idle.poll();
      if (connection != null && !connection.isAlive()) {
        discard(connection);
      } else if (connection != null) {
        lent.add(connection);
        serveHead(connection);
      } else if (open < maxOpen) {
        open++;
        serveHead(null);
      } else {
        return;
      }
    }
  }

  private void serveHead(Connection connection) {
    Turn head = line.remove();
    head.connection = connection;
    head.served = true;
    head.changed.signal();
  }

  private Connection take(Turn turn) throws IOException {
    if (turn.connection != null) {
      return turn.connection;
    }
    Connection opened;
    try {
      opened = factory.open();
    } catch (IOException | RuntimeException | Error e) {
      freeSlot();
      throw e;
    }
    lend(opened);
    return opened;
  }

  private void freeSlot() {
    lock.lock();
    try {
      open--;
      serve();
    } finally {
      lock.unlock();
    }
  }

  private void lend(Connection opened) {
    lock.lock();
    try {
      if (closed) {
        discard(opened);
        throw new IllegalStateException("the pool was closed while a connection was opened");
      }
      lent.add(opened);
    } finally {
      lock.unlock();
    }
  }

  private void discard(Connection connection) {
    connection.close();
    open--;
  }

  private static long nanosOf(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static final class Turn {

    final Condition changed;
    boolean served;
    Connection connection;

    Turn(Condition changed) {
      this.changed = changed;
    }
  }
}
