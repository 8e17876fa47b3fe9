package org.katagrade.agent.explored;

import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;

/** Explores one of the bad programs in a JVM of its own: its name and its kind of threads. */
final class BadRun {

  private static final Budget BUDGET = new Budget(50, 5_000, 20_000);

  private BadRun() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    System.out.println("begun");
    System.out.println(ending(arguments[0], Fork.valueOf(arguments[1])));
  }

  /** How the first run ended that did not end well, or {@code Completed}. */
  static String ending(String name, Fork fork) throws ReflectiveOperationException {
    Findings findings = Explorer.explore(Sample.of(name).with(fork), BUDGET, 1);
    return findings.failure() == null ? "Completed" : findings.failure().ending().toString();
  }
}
