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
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A pool of connections. */
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
      while (!line.isEmpty()) {
        line.remove().wakeUp(State.REFUSED);
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
    Turn turn = join();
    while (turn.state == State.WAITING) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted(turn);
      }
    }
    return granted(turn);
  }

  private Turn lineUp(long timeoutNanos) throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    Turn turn = join();
    while (turn.state == State.WAITING) {
      long left = timeoutNanos - (System.nanoTime() - start);
      if (left <= 0 && leave(turn)) {
        throw new TimeoutException("no connection became free in time");
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        interrupted(turn);
      }
    }
    return granted(turn);
  }

  private Turn join() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the pool is closed");
      }
      Turn turn = new Turn(Thread.currentThread());
      line.add(turn);
      serve();
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private static Turn granted(Turn turn) {
    if (turn.state == State.REFUSED) {
      throw new IllegalStateException("the pool is closed");
    }
    return turn;
  }

  private boolean leave(Turn turn) {
    lock.lock();
    try {
      return line.remove(turn);
    } finally {
      lock.unlock();
    }
  }

  private void interrupted(Turn turn) throws InterruptedException {
    if (leave(turn)) {
      throw new InterruptedException();
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
    head.wakeUp(State.SERVED);
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
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private enum State {
    WAITING,
    SERVED,
    REFUSED
  }

  private static final class Turn {

    final Thread caller;
    State state = State.WAITING;
    Connection connection;

    Turn(Thread caller) {
      this.caller = caller;
    }

    void wakeUp(State next) {
      state = next;
      LockSupport.unpark(caller);
    }
  }
}
