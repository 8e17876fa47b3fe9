package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sound programs on real threads, beside an explorer that is there and not asked: they are what
 * they say, and weaving leaves them so.
 */
class RealThreadsIT {

  private static final int TIMES = 5;

  static List<Sample> sound() throws IOException {
    return Sample.all().stream().filter(Sample::endsSoon).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void endsWell(Sample sample) throws Throwable {
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
    try {
      for (int time = 0; time < TIMES; time++) {
        for (Fork fork : Fork.values()) {
          sample.with(fork).run();
        }
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(thrown).isEmpty();
  }
}
