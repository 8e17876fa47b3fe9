package kata17;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Connections that are opened when they are needed, lent to one caller at a time, and kept for the
 * next one.
 *
 * <p>{@code Solution} has the public constructor {@code Solution(int maxOpen, ConnectionFactory
 * factory)}. It opens nothing. It throws {@link IllegalArgumentException} if {@code maxOpen} is
 * less than 1 and {@link NullPointerException} if there is no factory.
 *
 * <p>At every moment at most {@code maxOpen} connections are open, those included that are being
 * opened; a connection is open until its {@code close} has returned. The pool closes each
 * connection exactly once, and nobody else does.
 *
 * <p>Callers are served in the order in which they asked. What becomes free, a connection or the
 * right to open one, belongs to the caller who has waited longest; a newcomer lines up behind.
 *
 * <p>While the factory is opening a connection it holds up nobody but the caller it opens for: all
 * methods go on, and several connections may be opened at the same time.
 *
 * <p>Safe for use by many threads.
 */
public interface ConnectionPool extends AutoCloseable {

  /**
   * Lends a connection, waiting for one as long as it takes: an idle one that is alive, else a new
   * one if fewer than {@code maxOpen} are open, else the next that becomes free.
   *
   * <p>An idle connection that has died is never lent: it is closed, and its place is free for a
   * new one. What the factory throws reaches the caller it opened for, unchanged, and the place
   * goes to whoever has waited longest.
   *
   * @throws InterruptedException if the caller is interrupted while it waits; it has no connection
   *     then, and none is lost. Where the connection was already its own when the interrupt came,
   *     it may return that instead, with the interrupt still set
   * @throws IOException if a connection had to be opened and could not be
   * @throws IllegalStateException if the pool is closed, or is closed before the caller has its
   *     connection
   */
  Connection acquire() throws InterruptedException, IOException;

  /**
   * Lends a connection as {@link #acquire()} does, but waits in line no longer than the timeout.
   * With a timeout of zero or less it does not wait: it takes what is free, or fails. Every other
   * timeout is kept, from a nanosecond to {@code Duration.ofSeconds(Long.MAX_VALUE)}. The time the
   * factory takes does not count.
   *
   * @throws TimeoutException if the time is over; the caller has no connection then, and none is
   *     lost
   * @throws InterruptedException as {@link #acquire()} does
   * @throws IOException as {@link #acquire()} does
   * @throws IllegalStateException as {@link #acquire()} does
   * @throws NullPointerException if the timeout is null
   */
  Connection acquire(Duration timeout) throws InterruptedException, TimeoutException, IOException;

  /**
   * Takes a connection back. One that has died is closed before this returns, and so is every one
   * that comes back after the pool was closed; all others are kept for the next caller. Never
   * waits.
   *
   * @throws IllegalArgumentException if this connection is not lent by this pool at present: it is
   *     a stranger or was given back before. Nothing changes then
   * @throws NullPointerException if the connection is null
   */
  void release(Connection connection);

  /**
   * Ends the pool without waiting for anybody. Idle connections are closed before this returns,
   * lent ones when they are given back, those that are being opened as soon as they are there.
   * Callers who wait fail with {@link IllegalStateException}, as do callers for whom a connection
   * is being opened. Closing a closed pool does nothing.
   */
  @Override
  void close();

  /** The figures of one moment, which belong together; also of a closed pool. Never waits. */
  Stats stats();
}
