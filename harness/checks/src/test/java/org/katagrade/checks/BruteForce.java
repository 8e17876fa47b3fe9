package org.katagrade.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an order explains a history, found by trying every order of every effect and every end,
 * each from the start, with nothing remembered and nothing left out.
 */
final class BruteForce {

  private final Specification specification;
  private final List<Call> calls;
  private final boolean stuck;

  BruteForce(Specification specification, List<Call> calls, boolean stuck) {
    this.specification = specification;
    this.calls = calls;
    this.stuck = stuck;
  }

  /** A call takes effect, or one that has ends. */
  private record Event(Call call, boolean end) {}

  boolean explains() {
    return explains(new ArrayList<>());
  }

  private boolean explains(List<Event> sofar) {
    if (!isPossible(sofar)) {
      return false;
    }
    if (isWhole(sofar)) {
      return true;
    }
    for (Call call : calls) {
      for (boolean end : new boolean[] {false, true}) {
        Event event = new Event(call, end);
        if (!sofar.contains(event) && (!end || sofar.contains(new Event(call, false)))) {
          sofar.add(event);
          boolean explains = explains(sofar);
          sofar.removeLast();
          if (explains) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isPossible(List<Event> events) {
    Object object = specification.create();
    Map<Call, Specification.Answer> answers = new HashMap<>();
    List<Call> over = new ArrayList<>();
    for (Event event : events) {
      Call call = event.call();
      if (event.end()) {
        String result = result(answers.get(call));
        if (result == null || (call.result() != null && !call.result().equals(result))) {
          return false;
        }
        over.add(call);
        continue;
      }
      if (calls.stream().anyMatch(other -> other.precedes(call) && !over.contains(other))) {
        return false;
      }
      Specification.Answer answer = specification.run(object, call.invocation());
      if (answer instanceof Specification.Answer.Waits) {
        return false;
      }
      answers.put(call, answer);
    }
    return true;
  }

  private static String result(Specification.Answer answer) {
    return switch (answer) {
      case Specification.Answer.Gives gives -> gives.result();
      case Specification.Answer.Waits waits -> null;
      case Specification.Answer.Returns returns ->
          returns.later().isOver() ? returns.later().end() : null;
    };
  }

  private boolean isWhole(List<Event> events) {
    Object object = specification.create();
    Map<Call, Specification.Answer> answers = new HashMap<>();
    for (Event event : events) {
      if (!event.end()) {
        answers.put(event.call(), specification.run(object, event.call().invocation()));
      }
    }
    for (Call call : calls) {
      boolean over = events.contains(new Event(call, true));
      if (!call.isPending() && !over) {
        return false;
      }
      if (stuck && call.isPending()) {
        Specification.Answer answer = answers.get(call);
        boolean waits =
            answer == null
                ? runsLast(events, call) instanceof Specification.Answer.Waits
                : result(answer) == null;
        if (over || !waits) {
          return false;
        }
      }
    }
    return true;
  }

  private Specification.Answer runsLast(List<Event> events, Call call) {
    Object object = specification.create();
    events.stream()
        .filter(event -> !event.end())
        .forEach(event -> specification.run(object, event.call().invocation()));
    return specification.run(object, call.invocation());
  }
}
