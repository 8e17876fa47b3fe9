package org.katagrade.agent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program of the corpus, on platform and on virtual threads: the racy ones are told of at the
 * right lines, of the others nothing is said. {@code -Dcorpus.times=20} runs each so many times,
 * {@code -Dcorpus.load=2} beside so many busy threads.
 */
class CorpusIT {

  private static final int TIMES = Integer.getInteger("corpus.times", 1);

  private static final int LOAD = Integer.getInteger("corpus.load", 0);

  private static volatile boolean loaded;

  @BeforeAll
  static void keepBusy() {
    loaded = true;
    for (int i = 0; i < LOAD; i++) {
      Thread.ofPlatform()
          .daemon()
          .name("load-", i)
          .start(
              () -> {
                while (loaded) {
                  Thread.onSpinWait();
                }
              });
    }
  }

  @AfterAll
  static void rest() {
    loaded = false;
  }

  static List<Program> programs() throws IOException {
    return Program.all();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void isToldApart(Program program) throws Exception {
    List<String> complaints = new ArrayList<>();
    for (int time = 0; time < TIMES; time++) {
      for (Fork fork : Fork.values()) {
        String complaint = program.run(fork);
        if (!complaint.isEmpty()) {
          complaints.add(fork + ": " + complaint);
        }
      }
    }
    if (program.method().isAnnotationPresent(Misjudged.class)) {
      assertThat(complaints).as("it is no longer misjudged: take the mark away").isNotEmpty();
    } else {
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void thereAreEnough() throws IOException {
    List<Program> programs = Program.all();
    assertThat(programs)
        .filteredOn(program -> program.expected().isEmpty())
        .hasSizeGreaterThan(200);
    assertThat(programs)
        .filteredOn(program -> !program.expected().isEmpty())
        .hasSizeGreaterThan(150);
  }
}
