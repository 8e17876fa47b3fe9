package kata99;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The example of the README. */
class SampleTest {

  @Test
  void whoEntersIsCounted() {
    Turnstile turnstile = new Solution();
    turnstile.enter();
    assertEquals(1, turnstile.entered());
  }
}
