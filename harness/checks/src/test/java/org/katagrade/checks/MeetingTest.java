package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

final class MeetingTest {

  @Test
  void happensWhereNobodyKeepsThreadsApart() throws Exception {
    Meeting meeting = Meeting.of(3, "three at once");
    try (var crowd = Crowd.of(3, meeting::attend)) {
      crowd.allFinish();
    }
    assertThat(meeting.happened()).isTrue();
    meeting.mustHaveHappened();
  }

  @Test
  void failsWhereALockKeepsThemApart() throws Exception {
    Meeting meeting = Meeting.of(2, "two readers inside");
    ReentrantLock lock = new ReentrantLock();
    try (var crowd =
        Crowd.of(
            2,
            () -> {
              lock.lock();
              try {
                meeting.attend();
              } finally {
                lock.unlock();
              }
            })) {
      assertThatThrownBy(crowd::allFinish)
          .rootCause()
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected two readers inside to happen at the same time");
    }
    assertThatThrownBy(meeting::mustHaveHappened).isInstanceOf(AssertionError.class);
  }
}
