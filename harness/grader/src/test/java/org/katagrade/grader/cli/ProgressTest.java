package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.report.Marks;

final class ProgressTest {

  private static final DeclaredCheck LONG =
      new DeclaredCheck(
          "id", "a very long title ".repeat(9), 1, "", List.of(), false, false, false);

  private final StringWriter err = new StringWriter();

  @Test
  void theLineFitsANarrowTerminalAndIsGoneInTheEnd() {
    try (Progress progress = Progress.on(screen(true, 30), false)) {
      progress.compiled(1, false);
      progress.began(LONG);
      progress.ended(LONG, new Verdict.Passed());
    }
    assertThat(err.toString().split("\r\u001b\\[K", -1)).allMatch(line -> line.length() < 28);
    assertThat(err.toString()).contains("1 of 1 checks done").endsWith("\r\u001b[K");
  }

  @Test
  void linesCountACheckThatIsRunAgainOnce() {
    try (Progress progress = Progress.on(screen(false, 80), false)) {
      progress.compiled(1, false);
      progress.ended(LONG, new Verdict.Passed());
      progress.ended(LONG, new Verdict.Passed());
    }
    assertThat(err.toString()).containsOnlyOnce("[1/1]").doesNotContain("[2/1]");
  }

  @Test
  void linesSayNothingOfAStub() {
    try (Progress progress = Progress.on(screen(false, 80), false)) {
      progress.compiled(1, true);
      progress.ended(LONG, new Verdict.Passed());
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void quietSaysNothing() {
    try (Progress progress = Progress.on(screen(true, 80), true)) {
      progress.compiled(1, false);
      progress.ended(LONG, new Verdict.Passed());
    }
    assertThat(err.toString()).isEmpty();
  }

  private Screen screen(boolean live, int width) {
    PrintWriter writer = new PrintWriter(err);
    return new Screen(writer, writer, false, live, width, Marks.UNICODE);
  }
}
