package kata17;

import java.time.Duration;

/** A pool of connections. Yours to write. */
public final class Solution implements ConnectionPool {

  public Solution(int maxOpen, ConnectionFactory factory) {}

  @Override
  public Connection acquire() {
    throw new UnsupportedOperationException("not implemented yet: acquire");
  }

  @Override
  public Connection acquire(Duration timeout) {
    throw new UnsupportedOperationException("not implemented yet: acquire with a timeout");
  }

  @Override
  public void release(Connection connection) {
    throw new UnsupportedOperationException("not implemented yet: release");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("not implemented yet: close");
  }

  @Override
  public Stats stats() {
    throw new UnsupportedOperationException("not implemented yet: stats");
  }
}
