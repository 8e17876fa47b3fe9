package kata17;

/**
 * One connection to a server, as a {@link ConnectionFactory} opens it.
 *
 * <p>Safe for use by many threads. Two connections may be {@linkplain Object#equals equal} without
 * being the same: tell them apart by identity.
 */
public interface Connection {

  /** Whether it still works. Answers at once and never throws; a dead connection stays dead. */
  boolean isAlive();

  /**
   * Gives up what the connection holds, whether it is alive or dead. Returns at once and never
   * throws. Belongs to the pool: a caller who has acquired the connection does not close it.
   */
  void close();
}
