package org.katagrade.grader.prove;

import java.util.List;
import java.util.Map;

/**
 * What was found out about one kata.
 *
 * @param kata the kata's id
 * @param hash of the sources it was found out about
 * @param checks ids of its checks, in order
 * @param faults what does not hold; empty if the kata holds
 * @param mutants what became of each mutant
 */
public record Proof(
    String kata, String hash, List<String> checks, List<String> faults, List<Fate> mutants) {

  /** Where a mutant that was not run at all has its reason. */
  static final String REJECTED = "compile";

  public Proof {
    checks = List.copyOf(checks);
    faults = List.copyOf(faults);
    mutants = List.copyOf(mutants);
  }

  /**
   * What became of one mutant.
   *
   * @param caught whether the check its path names caught it, with the verdict its path names,
   *     every time
   * @param verdicts names of the verdicts it got, by check; those of checks that did not fail are
   *     left out
   * @param missed the times it was not caught so, each with its seed and what was said instead
   * @param millis median time to its verdict, compilation included
   * @param cpuMillis most processor time that the check of its path used
   * @param schedules most schedules tried before that check failed, or all there are where only
   *     Lincheck made it fail; 0 if it is not explored
   */
  public record Fate(
      String check,
      String verdict,
      String mistake,
      boolean caught,
      Map<String, String> verdicts,
      List<String> missed,
      long millis,
      long cpuMillis,
      int schedules) {

    public Fate {
      verdicts = Map.copyOf(verdicts);
      missed = List.copyOf(missed);
    }

    /** The mutant's path, which says by what it must be caught and as what. */
    public String path() {
      return check + "/" + verdict + "/" + mistake;
    }

    /** What became of it, in a word. */
    public String word() {
      if (caught) {
        return "caught";
      }
      if (verdicts.containsKey(REJECTED)) {
        return "rejected";
      }
      return verdicts.getOrDefault(check, verdict).equals(verdict) ? "survived" : "mistold";
    }
  }

  public boolean holds() {
    return faults.isEmpty();
  }

  /** How many mistakes the checks of this version are known to catch. */
  public long caught() {
    return mutants.stream().filter(Fate::caught).count();
  }
}
