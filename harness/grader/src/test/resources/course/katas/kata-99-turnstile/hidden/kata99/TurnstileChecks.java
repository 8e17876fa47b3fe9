package kata99;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.jetbrains.lincheck.datastructures.Operation;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Leaks;
import org.katagrade.checks.Linearizability;

/** Hidden checks for the grader's own tests. */
@Graded(rules = 5, forbidden = "java.util.concurrent.Semaphore")
public final class TurnstileChecks {

  @Check(points = 15, title = "everybody who enters is counted", hint = "Do you count at all?")
  void counts() {
    Turnstile turnstile = new Solution();
    turnstile.enter();
    assertThat(turnstile.entered()).as("entered after one enter()").isEqualTo(1);
  }

  @Check(points = 20, title = "opening wakes everybody", needs = "counts")
  void wakesEverybody() throws Exception {
    Turnstile turnstile = new Solution();
    try (var waiting = Crowd.of(3, turnstile::awaitOpen)) {
      waiting.allBlock();
      turnstile.open();
      waiting.allFinish();
    }
  }

  @Check(points = 20, title = "service never deadlocks", needs = "counts")
  void neverDeadlocks() throws Exception {
    for (var round : Effort.rounds(3)) {
      Turnstile turnstile = new Solution();
      try (var crowd = Crowd.of(2, turnstile::service)) {
        crowd.allFinish();
      }
    }
  }

  @Check(points = 20, title = "no thread is left behind", needs = "counts")
  void leavesNothing() throws Exception {
    Turnstile turnstile = new Solution();
    CountDownLatch ran = new CountDownLatch(1);
    try (var leaks = Leaks.watch()) {
      turnstile.later(ran::countDown);
      ran.await();
    }
  }

  @Check(points = 20, title = "every history has a sequential explanation")
  void linearizable() {
    Linearizability.of(Operations.class).against(Sequential.class);
  }

  @Check(points = 7, title = "it can be read by a hundred at once", needs = "counts", bonus = true)
  void crowded() throws Exception {
    Turnstile turnstile = new Solution();
    turnstile.enter();
    try (var readers = Crowd.of(100, turnstile::entered)) {
      assertThat(readers.allFinish().results()).containsOnly(1);
    }
  }

  /** What Lincheck does to a turnstile. */
  public static class Operations {
    private final Turnstile turnstile = new Solution();

    @Operation
    public int enter() {
      return turnstile.enter();
    }

    @Operation
    public int entered() {
      return turnstile.entered();
    }
  }

  /** A turnstile for one thread. */
  public static class Sequential {
    private int entered;

    public int enter() {
      return ++entered;
    }

    public int entered() {
      return entered;
    }
  }
}
