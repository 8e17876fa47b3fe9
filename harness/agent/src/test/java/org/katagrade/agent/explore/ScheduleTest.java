package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {

  @Test
  void hasAShortText() {
    Schedule schedule =
        new Schedule(
            List.of(
                new Turn(Turn.Kind.THREAD, 0, 3),
                new Turn(Turn.Kind.THREAD, 1, 1),
                new Turn(Turn.Kind.TIME, 0, 1),
                new Turn(Turn.Kind.AMONG, 2, 1),
                new Turn(Turn.Kind.AMONG, 0, 4),
                new Turn(Turn.Kind.TIME, 0, 2),
                new Turn(Turn.Kind.THREAD, 12, 30)));

    assertThat(schedule.text()).isEqualTo("0.3-1.1-t-=2-=0.4-t.2-12.30");
    assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
  }

  @Test
  void canBeEmpty() {
    assertThat(new Schedule(List.of()).text()).isEqualTo("-");
    assertThat(Schedule.parse("-").turns()).isEmpty();
  }

  @Test
  void isReadAsItWasWritten() {
    Dice dice = new Dice(1);
    for (int round = 0; round < 2_000; round++) {
      List<Turn> turns = new ArrayList<>();
      for (int i = dice.below(30); i > 0; i--) {
        Turn.Kind kind = Turn.Kind.values()[dice.below(3)];
        int choice = kind == Turn.Kind.TIME ? 0 : number(dice) - 1;
        turns.add(new Turn(kind, choice, number(dice)));
      }
      Schedule schedule = new Schedule(turns);

      String text = schedule.text();

      assertThat(Schedule.parse(text)).isEqualTo(schedule);
      assertThat(text).matches("[0-9t.=-]+");
    }
  }

  /** From 1, of any length. */
  private static int number(Dice dice) {
    return 1 + dice.below(1 << dice.below(31));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | '' is no turn: '' is no number; turns look like 2.7, t or =1
          0.3-        | '' is no turn: '' is no number; turns look like 2.7, t or =1
          0.3--1.1    | '' is no turn: '' is no number; turns look like 2.7, t or =1
          0.3-x.1     | 'x.1' is no turn: 'x' is no number; turns look like 2.7, t or =1
          0.-3        | '0.' is no turn: '' is no number; turns look like 2.7, t or =1
          0.3.1       | '0.3.1' is no turn: '3.1' is no number; turns look like 2.7, t or =1
          01.3        | '01.3' is no turn: '01' is no number; turns look like 2.7, t or =1
          =           | '=' is no turn: '' is no number; turns look like 2.7, t or =1
          ٣.1         | '٣.1' is no turn: '٣' is no number; turns look like 2.7, t or =1
          7           | '7' is no turn: it does not say how often, as 7.1 does
          1.0         | '1.0' is no turn: it happens 0 times
          t.0         | 't.0' is no turn: it happens 0 times
          1.9999999999 | '1.9999999999' is no turn: 9999999999 is too large
          """)
  void refusesWhatIsNone(String text, String message) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void countsSwitchesBetweenThreads() {
    assertThat(Schedule.parse("-").switches()).isZero();
    assertThat(Schedule.parse("0.5").switches()).isZero();
    assertThat(Schedule.parse("0.5-=1-0.2").switches()).isZero();
    assertThat(Schedule.parse("0.5-1.1-t-1.1").switches()).isEqualTo(3);
  }

  @Test
  void mergesTurnsOfOneThread() {
    assertThat(Schedule.parse("0.5-0.2-1.1-=1-=1-1.1").merged())
        .isEqualTo(Schedule.parse("0.7-1.1-=1.2-1.1"));
    assertThat(Schedule.parse("0.2147483647-0.2147483647").merged())
        .isEqualTo(Schedule.parse("0.2147483647"));
  }

  @Test
  void hasNoTurnsThatCannotBe() {
    assertThatThrownBy(() -> new Turn(Turn.Kind.THREAD, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Turn(Turn.Kind.TIME, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Turn(Turn.Kind.AMONG, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
