package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.katagrade.checks.evidence.Operation;

/**
 * Checks that every concurrent history of an object has a sequential explanation (Herlihy and Wing,
 * TOPLAS 1990), by Lincheck's model checker; by exploring, in a check that is {@link Explored}; by
 * both in such a check of a full grade, unless operations block, which Lincheck cannot take ({@link
 * #explored}).
 *
 * <p>Neither can see what a missing {@code volatile} or an unlocked read allows, since they assume
 * sequential consistency.
 */
public final class Linearizability {

  private final Class<?> operations;
  private int threads = 2;
  private int operationsPerThread = 2;
  private int operationsBefore;
  private int operationsAfter;
  private boolean explored;
  private final List<Scenarios.Given> given = new ArrayList<>();
  private final List<Operation> beginning = new ArrayList<>();

  private Linearizability(Class<?> operations) {
    this.operations = operations;
  }

  /**
   * Begins a check of these operations.
   *
   * @param operations a public class whose methods annotated with Lincheck's {@code @Operation} are
   *     the operations, on an object it creates with a plain {@code new} in a field
   */
  public static Linearizability of(Class<?> operations) {
    return new Linearizability(operations);
  }

  /** How many threads there are; 2 unless said. */
  public Linearizability threads(int count) {
    threads = count;
    return this;
  }

  /** How many operations each thread does; 2 unless said. */
  public Linearizability operationsPerThread(int count) {
    operationsPerThread = count;
    return this;
  }

  /**
   * How many operations run alone first; 0 unless said, since they hide mistakes of initialisation.
   */
  public Linearizability operationsBefore(int count) {
    operationsBefore = count;
    return this;
  }

  /** How many operations run alone last; 0 unless said. */
  public Linearizability operationsAfter(int count) {
    operationsAfter = count;
    return this;
  }

  /**
   * Adds a scenario that is always tried, before those Lincheck makes up: the calls most likely to
   * disturb each other. A few of these find more than many made at random, and give the shortest
   * explanation to who fails.
   *
   * @param threads what each thread does: its calls as in Java, separated by semicolons, with
   *     literals of numbers, booleans or bare words as arguments, such as {@code "put(1); take()"}
   */
  public Linearizability concurrently(String... threads) {
    given.add(new Scenarios.Given(List.of(threads), ""));
    return this;
  }

  /**
   * Adds calls to the scenario given last, made by one thread when all others are through: they
   * show a state that the concurrent calls themselves do not tell.
   *
   * @param calls as for {@link #concurrently}
   */
  public Linearizability then(String calls) {
    given.add(new Scenarios.Given(given.removeLast().threads(), calls));
    return this;
  }

  /**
   * Says what the constructor of the operations does, in the kata's own words, to who reads of a
   * history: without it nobody can follow one. It is told and not done.
   *
   * @param calls such as {@code "new Solution<>(2)", "put(1, 10)"}
   */
  public Linearizability beginningWith(String... calls) {
    Arrays.stream(calls).map(Operation::told).forEach(beginning::add);
    return this;
  }

  /**
   * Keeps Lincheck out: runs the given scenarios, and no others, on threads of the check, with
   * chosen schedules in a check that is {@link Explored}, one scenario in each run, and else again
   * and again as luck has it. Operations may block then, and the specification says when they do
   * ({@link Await}).
   *
   * <p>A history in which a call returned what no order explains fails as NotLinearizable. Calls
   * that have not returned when nobody can go on must be waiting by the specification; if they need
   * not, the check ends as the standstill it is.
   */
  public Linearizability explored() {
    explored = true;
    return this;
  }

  /**
   * Runs the check against a sequential specification: a public class with the same methods, right
   * when called by one thread.
   */
  public void against(Class<?> specification) {
    if (explored || Surroundings.current().isExplored()) {
      new RecordedHistories(operations, specification, given, beginning).check();
      return;
    }
    new ModelChecker(
            operations,
            specification,
            new ModelChecker.Size(threads, operationsPerThread, operationsBefore, operationsAfter),
            given,
            beginning)
        .run();
  }
}
