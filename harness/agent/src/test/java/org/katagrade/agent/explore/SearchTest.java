package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SearchTest {

  private static final Budget BUDGET = new Budget(500, 2_000, Long.MAX_VALUE / 4);

  private int runs;

  @Test
  void saysWhatFoundItAndWhen() {
    Findings findings = Search.search(Toys.lostUpdate(), BUDGET, 1);

    assertThat(findings.failure()).isNotNull();
    assertThat(findings.failure().ending()).isInstanceOf(Ending.Wrong.class);
    assertThat(findings.failure().story().steps()).hasSizeGreaterThan(4);
    assertThat(findings.schedules()).isBetween(1, 100);
    assertThat(Mix.standard().strategies())
        .extracting(Strategy::name)
        .contains(findings.strategy())
        .doesNotHaveDuplicates();
  }

  @Test
  void findsTheSameFromTheSameSeed() {
    Findings once = Search.search(Toys.reorder(9), BUDGET, 5);
    Findings again = Search.search(Toys.reorder(9), BUDGET, 5);

    assertThat(again.schedules()).isEqualTo(once.schedules());
    assertThat(again.strategy()).isEqualTo(once.strategy());
    assertThat(again.failure().schedule()).isEqualTo(once.failure().schedule());
  }

  @Test
  void endsWhenTheBudgetIsSpent() {
    Findings findings = Search.search(Toys.lockedUpdates(), BUDGET, 1);

    assertThat(findings.schedules()).isEqualTo(500);
    assertThat(findings.failure()).isNull();
    assertThat(findings.strategy()).isEmpty();
  }

  @Test
  void endsWhenTheProcessorTimeIsSpent() {
    Runner counted =
        (chooser, steps, told) -> {
          runs++;
          return Toys.lockedUpdates().run(chooser, steps, told);
        };
    Search search = new Search(Mix.standard(), ending -> !ending.isGood(), () -> 5L * runs);

    Findings findings = search.find(counted, new Budget(500, 2_000, 100), 1);

    assertThat(findings.schedules()).isEqualTo(20);
    assertThat(findings.cpuMillis()).isEqualTo(100);
  }

  @Test
  void passesOverWhatIsNotSought() {
    Findings findings =
        Search.search(Toys.lostUpdate(), BUDGET, 1, ending -> ending instanceof Ending.Raced);

    assertThat(findings.schedules()).isEqualTo(500);
    assertThat(findings.failure()).isNull();
  }

  @Test
  void tellsOfAProgramThatDoesNotRepeatItself() {
    Runner moody = endings(new Ending.Deadlock(List.of()), new Ending.Completed(), 3);

    Findings findings = Search.search(moody, BUDGET, 1);

    assertThat(findings.failure().ending())
        .isEqualTo(
            new Ending.Abandoned(
                "the program does not repeat itself: it ended as Deadlock, and under the same"
                    + " choices as Completed"));
    assertThat(findings.schedules()).isEqualTo(2);
    assertThat(findings.strategy()).isNotEmpty();
  }

  @Test
  void givesAProgramASecondChanceToRepeatItself() {
    Deque<Ending> first =
        new ArrayDeque<>(
            List.of(
                new Ending.Deadlock(List.of()), new Ending.Completed(), new Ending.Completed()));
    Runner calmed =
        (chooser, steps, told) -> {
          Ending next = first.isEmpty() ? new Ending.Deadlock(List.of()) : first.removeFirst();
          return new Run(new Schedule(List.of()), next, 1, Story.NONE);
        };

    Findings findings = Search.search(calmed, BUDGET, 1);

    assertThat(findings.schedules()).isEqualTo(2);
    assertThat(findings.failure().ending()).isInstanceOf(Ending.Deadlock.class);
  }

  @Test
  void givesUpWhatCannotBeControlled() {
    Findings findings =
        Search.search(endings(new Ending.Abandoned("it reads a file"), null, 1), BUDGET, 1);

    assertThat(findings.schedules()).isEqualTo(3);
    assertThat(findings.failure().ending()).isEqualTo(new Ending.Abandoned("it reads a file"));
  }

  @Test
  void doesNotCallWellWhatItCouldNotControlOnce() {
    Findings findings =
        Search.search(endings(new Ending.Abandoned("why"), new Ending.Completed(), 300), BUDGET, 1);

    assertThat(findings.schedules()).isEqualTo(500);
    assertThat(findings.failure().ending()).isEqualTo(new Ending.Abandoned("why"));
  }

  /** Ends one way the first time, and then again after so many runs; else the other way. */
  private Runner endings(Ending one, Ending other, int period) {
    return (chooser, steps, told) ->
        new Run(new Schedule(List.of()), runs++ % period == 0 ? one : other, 1, Story.NONE);
  }
}
