package org.katagrade.agent.explored;

import java.io.IOException;
import java.util.List;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;
import org.katagrade.agent.explore.Run;
import org.katagrade.agent.explore.Step;

/**
 * Prints what is found in the corpus, with schedules and stories: the same in every JVM. Takes how
 * many programs to go on by, 1 for all.
 */
final class Stories {

  /** Not limited by processor time, which is never the same twice. */
  private static final Budget BUDGET = new Budget(60, 3_000, Long.MAX_VALUE / 4);

  private Stories() {}

  public static void main(String[] arguments) throws IOException {
    List<Sample> samples = Sample.all();
    for (int i = 0; i < samples.size(); i += Integer.parseInt(arguments[0])) {
      for (Fork fork : Fork.values()) {
        System.out.println(text(samples.get(i), fork));
      }
    }
    System.exit(0);
  }

  private static String text(Sample sample, Fork fork) {
    Findings findings = Explorer.explore(sample.with(fork), BUDGET, 1);
    StringBuilder text =
        new StringBuilder(sample + " " + fork + ": " + findings.schedules() + " schedules");
    Run run = findings.failure();
    if (run == null) {
      return text.toString();
    }
    text.append(", ").append(run.ending().name()).append(' ').append(run.schedule().text());
    text.append(" by ").append(findings.strategy()).append('\n').append(run.story().threads());
    for (Step step : run.story().steps()) {
      text.append('\n').append(step);
    }
    return text.toString();
  }
}
