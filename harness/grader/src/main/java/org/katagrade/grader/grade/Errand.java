package org.katagrade.grader.grade;

import java.util.List;
import java.util.function.Predicate;
import org.katagrade.checks.wire.Sought;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.UsageException;

/**
 * Which checks to run in which lane.
 *
 * @param plain with real threads, in order
 * @param explored under chosen schedules, in order
 * @param agent again under the race detector, in order
 * @param model with Lincheck
 * @param races whether a verdict about data races is wanted
 * @param racesAlone whether nothing else is
 */
record Errand(
    List<DeclaredCheck> plain,
    List<DeclaredCheck> explored,
    List<DeclaredCheck> agent,
    List<DeclaredCheck> model,
    boolean races,
    boolean racesAlone) {

  Errand {
    plain = List.copyOf(plain);
    explored = List.copyOf(explored);
    agent = List.copyOf(agent);
    model = List.copyOf(model);
  }

  /** What these options ask for. */
  static Errand of(DeclaredChecks declared, GradeOptions options) {
    boolean races = declared.race() > 0 && !options.quick();
    List<DeclaredCheck> all = declared.checks();
    if (declared.race() > 0 && DeclaredCheck.RACE.equals(options.only())) {
      return new Errand(
          List.of(),
          those(all, DeclaredCheck::explored),
          those(all, Errand::runsAsItIs),
          List.of(),
          true,
          true);
    }
    List<DeclaredCheck> wanted = options.only() == null ? all : only(declared, options.only());
    if (options.quick()) {
      // There is no time to explore, and real threads with luck find much. What only Lincheck or
      // the explorer can tell is left out, unless it is asked for by name.
      List<DeclaredCheck> model =
          options.only() == null ? List.of() : those(wanted, DeclaredCheck::model);
      return new Errand(
          those(wanted, check -> !check.model()),
          those(model, DeclaredCheck::explored),
          List.of(),
          model,
          false,
          false);
    }
    boolean racesToo = races && options.only() == null;
    return new Errand(
        those(wanted, Errand::runsAsItIs),
        those(wanted, DeclaredCheck::explored),
        racesToo ? those(wanted, Errand::runsAsItIs) : List.of(),
        those(wanted, DeclaredCheck::model),
        racesToo,
        false);
  }

  /** What the checks of the agent lane are run for. */
  Sought sought() {
    if (racesAlone) {
      return Sought.RACES;
    }
    return races ? Sought.BOTH : Sought.FAILURES;
  }

  /** How many verdicts it will bring. */
  int verdicts() {
    long exploredOnly = explored.stream().filter(check -> !model.contains(check)).count();
    return plain.size() + (racesAlone ? 0 : (int) exploredOnly) + model.size() + (races ? 1 : 0);
  }

  private static boolean runsAsItIs(DeclaredCheck check) {
    return !check.model() && !check.explored();
  }

  private static List<DeclaredCheck> those(
      List<DeclaredCheck> checks, Predicate<DeclaredCheck> wanted) {
    return checks.stream().filter(wanted).toList();
  }

  /** A check and what it needs. */
  private static List<DeclaredCheck> only(DeclaredChecks declared, String id) {
    if (declared.rules() > 0 && id.equals(DeclaredCheck.RULES)) {
      // Rules are looked at whatever is run, and count if something passes: the first may do.
      return declared.checks().subList(0, 1);
    }
    DeclaredCheck check =
        declared
            .find(id)
            .orElseThrow(
                () ->
                    new UsageException(
                        "there is no check '%s'; there are %s"
                            .formatted(id, String.join(", ", declared.ids()))));
    return those(
        declared.checks(), each -> each.equals(check) || check.needs().contains(each.id()));
  }
}
