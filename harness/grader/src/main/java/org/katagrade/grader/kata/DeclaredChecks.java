package org.katagrade.grader.kata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hidden checks of a kata as declared, in order.
 *
 * @param type binary name of the class that holds them
 * @param race points for freedom from data races
 * @param rules points for breaking no rule
 * @param forbidden classes and packages a submission must not use
 * @param allowed what of the JDK it may use beyond what every submission may
 */
public record DeclaredChecks(
    String type,
    int race,
    int rules,
    List<String> forbidden,
    List<String> allowed,
    List<DeclaredCheck> checks) {

  public DeclaredChecks {
    forbidden = List.copyOf(forbidden);
    allowed = List.copyOf(allowed);
    checks = List.copyOf(checks);
  }

  /** The ids of all that can be asked for alone, in the order reports have them. */
  public List<String> ids() {
    List<String> ids = new ArrayList<>(checks.stream().map(DeclaredCheck::id).toList());
    if (race > 0) {
      ids.add(DeclaredCheck.RACE);
    }
    if (rules > 0) {
      ids.add(DeclaredCheck.RULES);
    }
    return List.copyOf(ids);
  }

  /** The id of what can be asked for alone and has this title; as typed if there is none. */
  public String idOf(String typed) {
    if (DeclaredCheck.RULES_TITLE.equalsIgnoreCase(typed.strip())) {
      return DeclaredCheck.RULES;
    }
    return Stream.concat(checks.stream(), Stream.of(DeclaredCheck.race(race)))
        .filter(check -> check.title().equalsIgnoreCase(typed.strip()))
        .map(DeclaredCheck::id)
        .findFirst()
        .orElse(typed);
  }

  public Optional<DeclaredCheck> find(String id) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst();
  }
}
