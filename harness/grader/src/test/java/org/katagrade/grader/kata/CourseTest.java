package org.katagrade.grader.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CourseTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"kata-04", "kata-4", "KATA-4", "04", "4", "bank-transfer", "kata04", "x/kata-04"})
  void aKataIsFoundByWhatItIsCalled(String name) throws IOException {
    assertThat(course().find(name).id()).isEqualTo("kata-04");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kata-", "kata-1", "kata-004", "kata-0", "kata-40"})
  void anotherNumberIsAnotherKata(String name) throws IOException {
    Course course = course();
    assertThatThrownBy(() -> course.find(name)).hasMessageStartingWith("there is no kata");
  }

  @ParameterizedTest
  @CsvSource({
    "kata-04-bank-tranfer, kata-04-bank-transfer",
    "bank-tranfser, bank-transfer",
    "kaat-04, kata-04",
    "kata-o4, kata-04",
    "cache, lru-cache"
  })
  void aMisspelledKataIsSuggested(String name, String meant) throws IOException {
    Course course = course();
    assertThatThrownBy(() -> course.find(name, List.of("start", "watch")))
        .hasMessageEndingWith("did you mean " + meant + "?");
  }

  @Test
  void aWordOfAKataIsNoMisspellingOfACommand() throws IOException {
    Files.createDirectories(folder.resolve("katas/kata-11-lock-free-stack"));
    Course course = course();
    assertThatThrownBy(() -> course.find("stack", List.of("start", "watch")))
        .hasMessageEndingWith("did you mean lock-free-stack?");
    assertThatThrownBy(() -> course.find("strat", List.of("start", "watch")))
        .hasMessageEndingWith("did you mean 'grade start'?");
  }

  @Test
  void twoKatasOfOneNumberAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("katas/kata-14-my-own-cache"));
    assertThatThrownBy(this::course)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("two katas are kata-14: ")
        .hasMessageContainingAll("kata-14-lru-cache", "kata-14-my-own-cache");
  }

  private Course course() throws IOException {
    Files.createDirectories(folder.resolve("katas/kata-04-bank-transfer"));
    Files.createDirectories(folder.resolve("katas/kata-14-lru-cache"));
    return Course.in(folder.resolve("katas"));
  }
}
