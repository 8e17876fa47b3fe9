package kata17;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The examples of the README. */
final class SampleTest {

  @Test
  void aConnectionGivenBackIsLentAgain() throws Exception {
    ConnectionPool pool = new Solution(2, Line::new);
    Connection first = pool.acquire();
    Connection second = pool.acquire(Duration.ofSeconds(1));
    assertNotSame(first, second);
    assertEquals(new Stats(2, 2, 0, 0), pool.stats());
    pool.release(first);
    assertEquals(new Stats(2, 2, 1, 0), pool.stats());
    assertSame(first, pool.acquire(Duration.ZERO));
  }

  @Test
  void whenAllAreLentTheCallerWaitsNoLongerThanItSaid() throws Exception {
    ConnectionPool pool = new Solution(1, Line::new);
    Connection only = pool.acquire();
    assertThrows(TimeoutException.class, () -> pool.acquire(Duration.ofMillis(20)));
    assertThrows(TimeoutException.class, () -> pool.acquire(Duration.ZERO));
    pool.release(only);
    assertSame(only, pool.acquire(Duration.ZERO));
  }

  @Test
  void aFailureToOpenCostsNoPlace() throws Exception {
    boolean[] down = {true};
    ConnectionPool pool =
        new Solution(
            1,
            () -> {
              if (down[0]) {
                throw new IOException("no route to host");
              }
              return new Line();
            });
    assertThrows(IOException.class, pool::acquire);
    down[0] = false;
    assertTrue(pool.acquire(Duration.ZERO).isAlive());
  }

  @Test
  void aClosedPoolClosesWhatComesBack() throws Exception {
    ConnectionPool pool = new Solution(2, Line::new);
    Connection idle = pool.acquire();
    Connection lent = pool.acquire();
    pool.release(idle);
    pool.close();
    assertTrue(((Line) idle).closed);
    pool.release(lent);
    assertTrue(((Line) lent).closed);
    assertThrows(IllegalStateException.class, pool::acquire);
  }

  private static final class Line implements Connection {
    volatile boolean closed;

    @Override
    public boolean isAlive() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
