package org.katagrade.grader.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.rules.Compiled;

/** What is refused since nobody could watch it. */
final class WatchableTest {

  /** Some bytes short of what a method may have: five for each line, one for the return. */
  private static final String ALMOST = "    f = f;\n".repeat(Watchable.MOST_IN_METHOD / 6 - 1);

  @Test
  void namesThatMayBeWovenIn() {
    assertThat(
            refusals(
                """
                private int $race;
                int lambda$race$0() {
                  return $race;
                }
                """))
        .containsExactly(
            "-1: the field $race cannot be watched: names with a $ are for compilers and the like",
            "4: the method lambda$race$0 cannot be watched: names with a $ are for compilers and"
                + " the like");
  }

  @Test
  void namesThatTheCompilerMakesAreItsOwn() {
    assertThat(
            refusals(
                """
                enum Way { IN, OUT }
                class Inner {
                  int ways(Way $way) {
                    Runnable lambda = () -> { assert $way != null; };
                    lambda.run();
                    return switch ($way) { case IN -> 1; case OUT -> 2; };
                  }
                }
                """))
        .isEmpty();
  }

  @Test
  void methodsThatWouldNotBeAClassFileAnyMore() {
    assertThat(refusals("static int f; void most() {\n" + ALMOST + "}")).isEmpty();
    assertThat(refusals("static int f; void tooMuch() {\n" + ALMOST.repeat(2) + "}"))
        .singleElement()
        .asString()
        .matches(
            "3: the method tooMuch is too long to be watched: \\d+ bytes of code, and 4000 .*");
  }

  @Test
  void classesThatWouldNameTooMuch() {
    assertThat(refusals("static int f;\n" + methods(8))).isEmpty();
    assertThat(refusals("static int f;\n" + methods(9)))
        .singleElement()
        .asString()
        .matches("-1: the class is too long to be watched: \\d+ bytes of code, and 32000 .*");
  }

  private static String methods(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "void method%d() {\n%s}\n".formatted(i, ALMOST))
        .collect(Collectors.joining());
  }

  private static List<String> refusals(String members) {
    String program = "package kata01;\nclass Solution {" + members + "}";
    return Surface.look(
            Compiled.classes(Map.of("kata01/Solution.java", program)),
            List.of(),
            List.of(),
            List.of())
        .refusals()
        .stream()
        .map(refusal -> refusal.at().line() + ": " + refusal.sentence())
        .toList();
  }
}
