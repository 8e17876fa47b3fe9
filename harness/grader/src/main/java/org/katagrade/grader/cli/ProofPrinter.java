package org.katagrade.grader.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.prove.Proof;
import org.katagrade.grader.prove.ProveListener;

/** Says how a proof goes on and how it ended, a line each. Safe for use by many threads. */
final class ProofPrinter implements ProveListener {

  private final PrintWriter out;
  private final @Nullable String only;
  private final List<String> told = new ArrayList<>();
  private boolean headed;
  private long began = System.nanoTime();

  /**
   * A printer.
   *
   * @param only the check that a proof is of alone, if it is
   */
  ProofPrinter(Screen screen, @Nullable String only) {
    this.out = screen.out();
    this.only = only;
  }

  @Override
  public synchronized void groundProven(Kata kata, List<String> faults) {
    head(kata);
    if (faults.isEmpty()) {
      out.println(
          only == null
              ? "  all but the mistakes is as it should be"
              : "  all but its mistakes is as it should be for " + only + " alone");
    }
    faults.forEach(fault -> out.println("  fault: " + fault));
    told.addAll(faults);
    out.flush();
  }

  private void head(Kata kata) {
    if (!headed) {
      out.println(kata.id() + " " + kata.title());
      headed = true;
    }
  }

  @Override
  public synchronized void judged(Kata kata, Proof.Fate fate) {
    head(kata);
    out.println(
        "  %-8s %-60s %s ms, %d of processor time in the check%s"
            .formatted(
                fate.caught() ? fate.word() : fate.word().toUpperCase(Locale.ROOT),
                fate.check() + "/" + fate.verdict() + "/" + fate.mistake(),
                fate.millis(),
                fate.cpuMillis(),
                switch (fate.schedules()) {
                  case 0 -> "";
                  case 1 -> ", 1 schedule";
                  default -> ", " + fate.schedules() + " schedules";
                }));
    out.flush();
  }

  /** The end of one kata's proof. */
  synchronized void proven(Kata kata, Proof proof) {
    proof.faults().stream()
        .filter(fault -> !told.contains(fault))
        .forEach(fault -> out.println("  fault: " + fault));
    told.clear();
    headed = false;
    out.println(
        "%s %s%s: %d of %d known mistakes caught, %.1f s"
            .formatted(
                kata.id(),
                proof.holds() ? "holds" : "DOES NOT HOLD",
                only == null ? "" : " for " + only + " alone",
                proof.caught(),
                proof.mutants().size(),
                (System.nanoTime() - began) / 1e9));
    out.flush();
    began = System.nanoTime();
  }
}
