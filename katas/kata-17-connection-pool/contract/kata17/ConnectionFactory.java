package kata17;

import java.io.IOException;

/** Opens connections. Safe for use by many threads, which may open at the same time. */
@FunctionalInterface
public interface ConnectionFactory {

  /**
   * Opens a new connection, never null. May take as long as it likes.
   *
   * @throws IOException if the server cannot be reached; unchecked exceptions and errors are
   *     possible too
   */
  Connection open() throws IOException;
}
