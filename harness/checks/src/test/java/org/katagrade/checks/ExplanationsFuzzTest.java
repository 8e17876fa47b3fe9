package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories made at random: against every order, and against how they came about. */
final class ExplanationsFuzzTest {

  private static final String PACKAGE = "org.katagrade.checks.Specifications$";

  @ParameterizedTest
  @CsvSource({
    "Buffer, 'put(1);put(2);take();tryTake();size()', 'void,1,2,0,null'",
    "Fifo, 'put(1);put(2);take();take()', 'void,1,2'",
    "Permits, 'acquire();acquire();release()', 'void'",
    "Rendezvous, 'send(1);send(2);receive();receive();trySend(3)', 'void,1,2,3,true,false'",
    "Latch, 'countDown();await()', 'void'"
  })
  void agreesWithEveryOrder(String name, String calls, String results) throws Exception {
    Class<?> type = Class.forName(PACKAGE + name);
    Specification specification = new Specification(type);
    List<Invocation> invocations = new Scenarios(type).calls(calls);
    SplittableRandom random = new SplittableRandom(7);
    int explained = 0;
    int all = 800;
    for (int i = 0; i < all; i++) {
      boolean stuck = random.nextBoolean();
      List<Call> history = anyHistory(random, invocations, results.split(","));
      boolean expected = new BruteForce(specification, history, stuck).explains();
      boolean actual =
          stuck
              ? Explanations.anyOfStuck(specification, history)
              : Explanations.anyOf(specification, history);
      assertThat(actual).as("stuck: %s, %s", stuck, history).isEqualTo(expected);
      explained += expected ? 1 : 0;
    }
    assertThat(explained).as("explained histories").isBetween(all / 100, all - all / 100);
  }

  @ParameterizedTest
  @CsvSource({
    "Buffer, 'put(1);put(2);take();tryTake();size()'",
    "Fifo, 'put(1);put(2);put(3);take()'",
    "Permits, 'acquire();acquire();release()'",
    "Rendezvous, 'send(1);send(2);receive();receive();trySend(3)'"
  })
  void explainsWhatCameAboutInOrder(String name, String calls) throws Exception {
    Class<?> type = Class.forName(PACKAGE + name);
    Specification specification = new Specification(type);
    List<Invocation> invocations = new Scenarios(type).calls(calls);
    SplittableRandom random = new SplittableRandom(11);
    int ended = 0;
    for (int i = 0; i < 1_000; i++) {
      List<Call> history = new Simulation(specification, random).run(invocations, 12, 4);
      assertThat(Explanations.anyOf(specification, history)).as("%s", history).isTrue();
      ended += (int) history.stream().filter(call -> !call.isPending()).count();
    }
    assertThat(ended).isGreaterThan(4_000);
  }

  /** At most four calls, which overlap as it happens and return what they like. */
  private static List<Call> anyHistory(
      SplittableRandom random, List<Invocation> invocations, String[] results) {
    List<Call> history = new ArrayList<>();
    int threads = 2 + random.nextInt(3);
    for (int thread = 0; thread < threads; thread++) {
      int now = random.nextInt(4);
      int calls = threads == 2 ? 2 : 1;
      for (int i = 0; i < calls; i++) {
        Invocation invocation = invocations.get(random.nextInt(invocations.size()));
        int end = now + 1 + random.nextInt(6);
        if (random.nextInt(4) == 0) {
          history.add(new Call(thread, invocation, now, Call.NEVER, null));
          break;
        }
        boolean isVoid = invocation.method().getReturnType() == void.class;
        String result = isVoid ? "void" : results[random.nextInt(results.length)];
        history.add(new Call(thread, invocation, now, end, result));
        now = end + 1 + random.nextInt(3);
      }
    }
    return history;
  }

  /** An object whose operations take effect one after the other, at some moment while they last. */
  private static final class Simulation {

    private final Specification specification;
    private final SplittableRandom random;
    private final Object object;
    private final Map<Integer, Call> running = new HashMap<>();
    private final Map<Integer, Specification.Answer> answers = new HashMap<>();
    private final List<Call> history = new ArrayList<>();
    private int begun;

    private Simulation(Specification specification, SplittableRandom random) {
      this.specification = specification;
      this.random = random;
      this.object = specification.create();
    }

    private List<Call> run(List<Invocation> invocations, int calls, int threads) {
      for (int now = 0; now < 40 * calls; now++) {
        int thread = random.nextInt(threads);
        Call call = running.get(thread);
        Specification.Answer answer = answers.get(thread);
        if (call == null) {
          if (begun++ < calls) {
            Invocation invocation = invocations.get(random.nextInt(invocations.size()));
            running.put(thread, new Call(thread, invocation, now, Call.NEVER, null));
          }
        } else if (answer == null) {
          Specification.Answer next = specification.run(object, call.invocation());
          if (!(next instanceof Specification.Answer.Waits)) {
            answers.put(thread, next);
          }
        } else {
          end(thread, call, result(answer), now);
        }
      }
      history.addAll(running.values());
      return history;
    }

    private void end(int thread, Call call, @Nullable String result, int now) {
      if (result != null) {
        history.add(new Call(thread, call.invocation(), call.begun(), now, result));
        running.remove(thread);
        answers.remove(thread);
      }
    }

    private static @Nullable String result(Specification.Answer answer) {
      return switch (answer) {
        case Specification.Answer.Gives gives -> gives.result();
        case Specification.Answer.Waits waits -> null;
        case Specification.Answer.Returns returns ->
            returns.later().isOver() ? returns.later().end() : null;
      };
    }
  }
}
