package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.List;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Step;

/**
 * Shows the lines that matter in an interleaving: between which two of them a thread was overtaken
 * by another in the middle of a call, and where threads stand that never end.
 */
final class Overtakings {

  /** The result of a call that does not return. */
  static final String DID_NOT_END = "did not end";

  private static final int MOST = 3;

  private final Places places;
  private final Page page;
  private final SourceLines lines;

  Overtakings(Page page, SourceLines lines) {
    this.page = page;
    this.lines = lines;
    this.places = new Places(page, lines);
  }

  private record Overtaking(int thread, Frame before, Frame after) {}

  void show(History history) {
    List<Overtaking> found = in(history.steps());
    for (Overtaking overtaking : found.subList(0, Math.min(MOST, found.size()))) {
      boolean oneLine = overtaking.before().place().equals(overtaking.after().place());
      page.blank();
      page.paragraph(
          2,
          Ink.PLAIN,
          "thread %d was overtaken %s"
              .formatted(overtaking.thread() + 1, oneLine ? "within" : "between"));
      places.show(4, overtaking.before());
      if (!oneLine) {
        places.show(4, overtaking.after());
      }
    }
    for (int thread = 0; thread < history.threads().size(); thread++) {
      if (history.threads().get(thread).stream()
          .anyMatch(call -> call.result().equals(DID_NOT_END))) {
        stands(history, thread);
      }
    }
  }

  private void stands(History history, int thread) {
    List<Frame> frames = new ArrayList<>();
    for (Step step : history.steps()) {
      if (step.thread() == thread && step.at() != null && lines.has(step.at())) {
        frames.add(step.at());
      }
    }
    if (!frames.isEmpty()) {
      page.blank();
      page.paragraph(2, Ink.PLAIN, "thread %d does not get past".formatted(thread + 1));
      places.show(4, frames.getLast());
    }
  }

  private List<Overtaking> in(List<Step> steps) {
    List<Overtaking> found = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Frame before = steps.get(i).at();
      if (before == null || !lines.has(before)) {
        continue;
      }
      boolean overtaken = false;
      for (Step next : steps.subList(i + 1, steps.size())) {
        Frame at = next.at();
        if (next.thread() != steps.get(i).thread()) {
          overtaken |= at != null && lines.has(at);
        } else if (at != null && lines.has(at)) {
          if (overtaken) {
            found.add(new Overtaking(next.thread(), before, at));
          }
          break;
        } else if (at == null && !next.text().equals(HistoryView.SWITCH)) {
          break;
        }
      }
    }
    return found;
  }
}
