package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Assertions about what has happened. */
final class PastTest {

  @Test
  void countsWhoWasThereAtTheSameTime() throws Exception {
    Presence inside = Presence.of("the pool");
    Semaphore two = new Semaphore(2);
    Meeting meeting = Meeting.of(2, "two in the pool");
    try (var crowd =
        Crowd.numbered(
            4,
            number -> {
              two.acquire();
              try (var ignored = inside.enter()) {
                if (number < 2) {
                  meeting.attend();
                }
                return number;
              } finally {
                two.release();
              }
            })) {
      // Those who do not attend never keep both permits for long.
      crowd.allFinish();
    }
    assertThat(inside.most()).isEqualTo(2);
    inside.neverMoreThan(2);
    assertThatThrownBy(() -> inside.neverMoreThan(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "expected at most 1 thread in the pool at the same time, but there were 2: crowd-.*");
  }

  @Test
  void nobodyWasWhereNobodyCame() {
    Presence.of("the pool").neverMoreThan(0);
  }

  @Test
  void losesNothingOfWhatManyWrite() throws Exception {
    Journal journal = Journal.of("a busy day");
    try (var crowd =
        Crowd.of(
            8,
            () -> {
              for (int i = 0; i < 1_000; i++) {
                journal.add("done");
              }
            })) {
      crowd.allFinish();
    }
    journal.happened(8_000, "done");
  }

  @Test
  void saysWhatDidNotHappenInOrder() {
    Journal journal = Journal.of("the life of a connection");
    assertThatThrownBy(() -> journal.happenedInOrder("opened"))
        .hasMessage(
            "expected opened in the life of a connection, but no 'opened' came: nothing happened");
    journal.add("opened");
    journal.add("closed");
    journal.add("used");
    journal.happenedInOrder("opened", "closed");
    journal.happenedInOrder("opened", "used");
    assertThat(journal.count("used")).isEqualTo(1);
    assertThatThrownBy(() -> journal.happenedInOrder("opened", "used", "closed"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected opened, then used, then closed in the life of a connection,"
                + " but no 'closed' came after opened, used: opened, closed, used");
    assertThatThrownBy(() -> journal.happened(2, "used"))
        .hasMessageContaining("expected 'used' 2 times");
  }
}
