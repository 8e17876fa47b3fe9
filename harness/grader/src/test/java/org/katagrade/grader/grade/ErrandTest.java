package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.UsageException;

class ErrandTest {

  private static final DeclaredCheck REAL = check("real", List.of(), false, false);
  private static final DeclaredCheck CHOSEN = check("chosen", List.of("real"), false, true);
  private static final DeclaredCheck BOTH = check("both", List.of(), true, true);
  private static final DeclaredCheck LINCHECK = check("lincheck", List.of(), true, false);

  private static final DeclaredChecks ALL =
      new DeclaredChecks(
          "Checks", 10, 5, List.of(), List.of(), List.of(REAL, CHOSEN, BOTH, LINCHECK));

  private static DeclaredCheck check(
      String id, List<String> needs, boolean model, boolean explored) {
    return new DeclaredCheck(id, id, 10, "", needs, false, model, explored);
  }

  private static Errand errand(boolean quick, @Nullable String only) {
    return Errand.of(ALL, new GradeOptions(quick, only, 2, 1, List.of(), false));
  }

  @Test
  void aFullGradeExploresWhatItCanAndLooksForRacesInTheRest() {
    assertThat(errand(false, null))
        .isEqualTo(
            new Errand(
                List.of(REAL),
                List.of(CHOSEN, BOTH),
                List.of(REAL),
                List.of(BOTH, LINCHECK),
                true,
                false));
  }

  @Test
  void aQuickGradeRunsRealThreadsOnly() {
    assertThat(errand(true, null))
        .isEqualTo(
            new Errand(List.of(REAL, CHOSEN), List.of(), List.of(), List.of(), false, false));
  }

  @Test
  void aQuickGradeOfOneCheckDoesNotExploreEither() {
    assertThat(errand(true, "chosen"))
        .isEqualTo(
            new Errand(List.of(REAL, CHOSEN), List.of(), List.of(), List.of(), false, false));
  }

  @Test
  void whatOnlyLincheckAndTheExplorerCanTellIsRunIfItIsAskedForByName() {
    assertThat(errand(true, "both"))
        .isEqualTo(new Errand(List.of(), List.of(BOTH), List.of(), List.of(BOTH), false, false))
        .isEqualTo(errand(false, "both"));
    assertThat(errand(true, "race")).isEqualTo(errand(false, "race"));
  }

  @Test
  void oneCheckIsRunWithWhatItNeedsAndWithoutTheDetector() {
    assertThat(errand(false, "chosen"))
        .isEqualTo(new Errand(List.of(REAL), List.of(CHOSEN), List.of(), List.of(), false, false));
  }

  @Test
  void racesAloneTakeEveryCheckThatCanShowThem() {
    assertThat(errand(false, "race"))
        .isEqualTo(
            new Errand(List.of(), List.of(CHOSEN, BOTH), List.of(REAL), List.of(), true, true));
  }

  @Test
  void rulesAloneRunTheFirstCheck() {
    assertThat(errand(false, "rules").plain()).containsExactly(REAL);
  }

  @Test
  void anUnknownCheckIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> errand(false, "chose"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "there is no check 'chose'; there are real, chosen, both, lincheck, race, rules");
  }
}
