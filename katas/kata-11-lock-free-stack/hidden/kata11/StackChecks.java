package kata11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;

/** Hidden checks for kata 11. */
@Graded(
    race = 10,
    rules = 5,
    forbidden = {
      "java.util.concurrent.locks.*",
      "java.util.concurrent.ConcurrentLinkedDeque",
      "java.util.concurrent.ConcurrentLinkedQueue",
      "java.util.concurrent.LinkedBlockingDeque",
      "java.util.concurrent.LinkedBlockingQueue",
      "java.util.concurrent.LinkedTransferQueue",
      "java.util.concurrent.ArrayBlockingQueue",
      "java.util.concurrent.Semaphore"
    })
public final class StackChecks {

  private static final List<Step> ABCD =
      List.of(new Step.Push("d"), new Step.Push("c"), new Step.Push("b"), new Step.Push("a"));

  private static final List<Step> THREE_CHANGES =
      List.of(new Step.Pop(), new Step.Pop(), new Step.PushFirstPopped());

  private static final List<Step> FOUR_CHANGES =
      List.of(new Step.Pop(), new Step.Pop(), new Step.Pop(), new Step.PushFirstPopped());

  @Check(
      points = 10,
      title = "the node pushed last is popped first",
      hint = "Which node is below the one you push?")
  void lastInFirstOut() {
    LockFreeStack stack = new Solution();
    List<Node> nodes = items(100);
    for (Node node : nodes) {
      stack.push(node);
      assertThat(stack.peek()).as("top after a push").isSameAs(node);
      assertThat(stack.isEmpty()).as("isEmpty after a push").isFalse();
    }
    assertThat(stack.pop()).as("the node pushed last, after many peeks").isSameAs(nodes.get(99));
    assertThat(stack.pop()).isSameAs(nodes.get(98));
    Item late = new Item("late");
    stack.push(late);
    assertThat(stack.pop()).as("a node pushed between pops").isSameAs(late);
    for (int i = 97; i >= 0; i--) {
      assertThat(stack.peek()).as("top of a stack %d deep", i + 1).isSameAs(nodes.get(i));
      assertThat(stack.pop()).as("pop from a stack %d deep", i + 1).isSameAs(nodes.get(i));
    }
    assertThat(stack.isEmpty()).as("isEmpty after the last pop").isTrue();
  }

  @Check(
      points = 8,
      title = "an empty stack says so, and null is no node",
      hint = "What does the contract say a pop returns when there is nothing?")
  void edges() {
    LockFreeStack stack = new Solution();
    LockFreeStack other = new Solution();
    other.push(new Item("of the other stack"));
    for (int round = 0; round < 3; round++) {
      assertThat(stack.isEmpty()).as("isEmpty of an empty stack").isTrue();
      assertThat(stack.pop()).as("pop of an empty stack").isNull();
      assertThat(stack.peek()).as("peek at an empty stack").isNull();
      assertThatThrownBy(
              () -> stack.push(null), "push(null), which must throw NullPointerException")
          .isInstanceOf(NullPointerException.class);
      assertThat(stack.isEmpty()).as("isEmpty after push(null) was refused").isTrue();
      Item item = new Item("only");
      stack.push(item);
      assertThatThrownBy(
              () -> stack.push(null), "push(null), which must throw NullPointerException")
          .isInstanceOf(NullPointerException.class);
      assertThat(stack.pop()).as("the only node").isSameAs(item);
    }
    assertThat(other.isEmpty()).as("isEmpty of another stack with a node").isFalse();
  }

  @Check(
      points = 8,
      title = "the chain is made of the nodes' own links",
      hint = "The contract says what next() of a node on the stack is.")
  void keepsItsLinksInTheNodes() {
    LockFreeStack stack = new Solution();
    List<Node> nodes = items(4);
    nodes.forEach(stack::push);
    assertChain(stack, nodes);
    Node top = stack.pop();
    assertChain(stack, nodes.subList(0, 3));
    stack.pop();
    stack.push(top);
    assertChain(stack, List.of(nodes.get(0), nodes.get(1), top));
  }

  @Check(
      points = 7,
      title = "nodes may be pushed again, here or elsewhere, by anybody",
      hint = "What does the link of a node say that was on a stack before?")
  void nodesComeBack() throws Exception {
    LockFreeStack here = new Solution();
    LockFreeStack there = new Solution();
    List<Node> three = items(3);
    three.forEach(here::push);
    Node top = here.pop();
    there.push(top);
    assertThat(there.pop()).as("a node moved from another stack").isSameAs(top);
    assertThat(there.pop()).as("pop after the only node, which had been on another stack").isNull();
    there.push(top);
    here.push(there.pop());
    for (Node node : three.reversed()) {
      assertThat(here.pop()).as("pop of the stack that got its node back").isSameAs(node);
    }
    assertThat(here.isEmpty()).as("isEmpty after all came back and were popped").isTrue();

    for (int size : Effort.crowds()) {
      LockFreeStack left = new Solution();
      LockFreeStack right = new Solution();
      List<Node> nodes = items(size);
      nodes.forEach(left::push);
      try (Crowd<?> movers =
          Crowd.of(
              size,
              () -> {
                for (int round = 0; round < 50; round++) {
                  move(left, right);
                  move(right, left);
                }
              })) {
        movers.allFinish();
      }
      List<Node> found = drained(left, size);
      found.addAll(drained(right, size));
      assertThat(found)
          .as("nodes on two stacks after a crowd of %d moved them to and fro", size)
          .containsExactlyInAnyOrderElementsOf(nodes);
    }
  }

  @Check(
      points = 8,
      title = "no push is lost, wherever in it another thread comes in",
      hint = "Is the node you linked to still on top when you put yours there?",
      needs = "lastInFirstOut")
  void losesNoPush() throws Exception {
    for (List<Step> before : List.of(List.<Step>of(), List.<Step>of(new Step.Push("a")), ABCD)) {
      for (List<Step> meanwhile :
          List.of(
              List.<Step>of(new Step.Push("x")),
              List.<Step>of(new Step.Pop(), new Step.IsEmpty(), new Step.Pop()),
              List.<Step>of(
                  new Step.IsEmpty(), new Step.Peek(), new Step.Push("x"), new Step.Pop()),
              List.<Step>of(new Step.Pop(), new Step.Pop(), new Step.PushFirstPopped()))) {
        new Encounter(before, new Step.Push("n"), meanwhile).hasAnOrderAtEveryMoment(Solution::new);
      }
    }
  }

  @Check(
      points = 13,
      title = "every node is handed out once, wherever in a pop another thread comes in",
      hint = "Between reading the top and changing it, who else may have taken it?",
      needs = "lastInFirstOut")
  void handsOutEveryNodeOnce() throws Exception {
    for (List<Step> before : List.of(List.<Step>of(new Step.Push("a")), ABCD)) {
      for (List<Step> meanwhile :
          List.of(
              List.<Step>of(new Step.Push("x")),
              List.<Step>of(new Step.Push("x"), new Step.Push("y"), new Step.Pop()),
              List.<Step>of(new Step.Pop()),
              List.<Step>of(new Step.Pop(), new Step.Push("x")),
              List.<Step>of(
                  new Step.Peek(), new Step.IsEmpty(), new Step.Pop(), new Step.IsEmpty()),
              List.<Step>of(
                  new Step.Pop(), new Step.Pop(), new Step.Push("x"), new Step.Push("y")))) {
        new Encounter(before, new Step.Pop(), meanwhile).hasAnOrderAtEveryMoment(Solution::new);
      }
    }
  }

  @Check(
      points = 5,
      title = "a pop is not fooled by a node that has been away and is back on top",
      hint = "The same node is on top as before. Is the same node below it?",
      needs = "lastInFirstOut")
  @Explored
  void survivesReuse() throws Exception {
    for (List<Step> meanwhile : List.of(THREE_CHANGES, FOUR_CHANGES)) {
      new Encounter(ABCD, new Step.Pop(), meanwhile).hasAnOrderAtEveryMoment(Solution::new);
    }
  }

  @Check(
      points = 4,
      title = "nor by one that is back on top after hundreds of changes",
      hint = "After how many changes is your version the same again?",
      needs = "lastInFirstOut")
  void survivesManyChanges() throws Exception {
    List<Step> meanwhile = new ArrayList<>(FOUR_CHANGES);
    while (meanwhile.size() < 256) {
      meanwhile.addAll(List.of(new Step.Push("x" + meanwhile.size()), new Step.Pop()));
    }
    new Encounter(ABCD, new Step.Pop(), meanwhile).hasAnOrderAtEveryMoment(Solution::new);
  }

  @Check(
      points = 12,
      title = "a thread that stands still inside an operation stops nobody",
      hint = "Whom does the next thread wait for, if the one before it never comes back?",
      needs = {"lastInFirstOut", "keepsItsLinksInTheNodes"})
  @Explored
  void isLockFree() throws Exception {
    stopsNobodyAtAnyStep();

    List<Step> meanwhile =
        List.of(
            new Step.Push("x"),
            new Step.Peek(),
            new Step.IsEmpty(),
            new Step.Pop(),
            new Step.Pop(),
            new Step.Push("y"));
    for (Step stopped :
        List.of(new Step.Push("n"), new Step.Pop(), new Step.Peek(), new Step.IsEmpty())) {
      new Encounter(ABCD, stopped, meanwhile).stopsNobody(Solution::new);
    }

    for (int size : Effort.crowds()) {
      LockFreeStack stack = new Solution();
      List<Node> nodes = items(2 * size + 1);
      List<Node> pushed = new ArrayList<>(nodes.subList(0, size + 1));
      pushed.forEach(stack::push);
      List<Stop> stops =
          IntStream.range(0, size).mapToObj(i -> new Stop(1 + i % 2, "a push or a pop")).toList();
      List<Node> popped = Collections.synchronizedList(new ArrayList<>());
      try (Crowd<?> stopped =
          Crowd.numbered(
              size,
              number ->
                  stops
                      .get(number)
                      .during(
                          () -> {
                            if (number % 4 < 2) {
                              popped.add(stack.pop());
                            } else {
                              stack.push(nodes.get(size + 1 + number));
                            }
                            return number;
                          }))) {
        for (int number = 0; number < size; number++) {
          boolean inside = stops.get(number).isReached();
          // A push onto other nodes writes a link; a pop may have no need of any.
          assertThat(inside || number % 4 < 2).as("push stopped at its node's link").isTrue();
        }
        try (Crowd<?> worker =
            Crowd.of(
                1,
                () -> {
                  Node node = stack.pop();
                  stack.push(node);
                  assertThat(stack.pop())
                      .as("pop after a push, with a crowd of %d standing still", size)
                      .isSameAs(node);
                  stack.push(node);
                })) {
          worker.allFinish();
        }
        stops.forEach(Stop::release);
        stopped.allFinish();
      }
      for (int number = 0; number < size; number++) {
        if (number % 4 >= 2) {
          pushed.add(nodes.get(size + 1 + number));
        }
      }
      popped.addAll(drained(stack, nodes.size()));
      assertThat(popped)
          .as("nodes popped in all, after a crowd of %d stood still and went on", size)
          .containsExactlyInAnyOrderElementsOf(pushed);
    }
  }

  /** Also at steps that are at no node's link, where a gate is of no use. */
  private static void stopsNobodyAtAnyStep() throws Exception {
    LockFreeStack stack = new Solution();
    items(4).forEach(stack::push);
    try (Crowd<?> first =
        Crowd.of(
            1,
            () -> {
              stack.pop();
              stack.push(new Item("n"));
              stack.peek();
              stack.isEmpty();
            })) {
      try (Crowd.Stopped _ = first.stop(0);
          Crowd<?> second =
              Crowd.of(
                  1,
                  () -> {
                    stack.push(new Item("x"));
                    stack.peek();
                    stack.isEmpty();
                    stack.pop();
                  })) {
        second.allFinish();
      }
      first.allFinish();
    }
  }

  @Check(
      points = 10,
      title = "every concurrent history has a sequential explanation",
      hint = "Is what you tested still true when you act on it?")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .beginningWith("new Solution()", "push(3)")
        .concurrently("pop()", "pop()")
        .concurrently("push(1); pop()", "push(2)")
        .concurrently("pop(); push(1)", "isEmpty()")
        .concurrently("push(1)", "pop(); isEmpty()")
        .concurrently("peek(); peek()", "pop(); push(1)")
        .then("pop()")
        .against(Sequential.class);
  }

  private static List<Node> items(int count) {
    return IntStream.range(0, count).<Node>mapToObj(i -> new Item("n" + i)).toList();
  }

  private static void move(LockFreeStack from, LockFreeStack to) {
    // First, so that nothing has ordered it after what the others do.
    if (from.peek() == null || from.isEmpty()) {
      return;
    }
    Node node = from.pop();
    if (node != null) {
      to.push(node);
    }
  }

  /** Pops everything, but no more than one node over what there can be. */
  private static List<Node> drained(LockFreeStack stack, int most) {
    List<Node> nodes = new ArrayList<>();
    for (Node node = stack.pop(); node != null && nodes.size() <= most; node = stack.pop()) {
      nodes.add(node);
    }
    return nodes;
  }

  /** Fails unless the stack is a chain of these nodes, the last on top. */
  private static void assertChain(LockFreeStack stack, List<Node> nodes) {
    assertThat(stack.peek()).as("top of a stack of %s", nodes).isSameAs(nodes.getLast());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      assertThat(nodes.get(i).next())
          .as("next() of %s on a stack of, from the bottom, %s", nodes.get(i), nodes)
          .isSameAs(i == 0 ? null : nodes.get(i - 1));
    }
  }

  /** A node with a number. */
  private static final class Numbered extends Node {

    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    /** The number of a node, or 0 for none. */
    static int of(Node node) {
      return node == null ? 0 : ((Numbered) node).number;
    }
  }

  /** A stack of numbers, each on a node of its own, with one on it. */
  public static final class Operations {

    private final LockFreeStack stack = new Solution();

    public Operations() {
      stack.push(new Numbered(3));
    }

    @Operation
    public void push(@Param(gen = IntGen.class, conf = "1:2") int number) {
      stack.push(new Numbered(number));
    }

    @Operation
    public int pop() {
      return Numbered.of(stack.pop());
    }

    @Operation
    public int peek() {
      return Numbered.of(stack.peek());
    }

    @Operation
    public boolean isEmpty() {
      return stack.isEmpty();
    }
  }

  /** The same for one thread. */
  public static final class Sequential {

    private final LockFreeStack stack = new SequentialStack();

    public Sequential() {
      stack.push(new Numbered(3));
    }

    public void push(int number) {
      stack.push(new Numbered(number));
    }

    public int pop() {
      return Numbered.of(stack.pop());
    }

    public int peek() {
      return Numbered.of(stack.peek());
    }

    public boolean isEmpty() {
      return stack.isEmpty();
    }
  }
}
