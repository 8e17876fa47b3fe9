package kata11;

import java.util.List;

/** One operation on a stack, as a value that is done to stacks and told to students. */
sealed interface Step {

  /**
   * Does it and tells the result.
   *
   * @param hand the nodes this thread has popped, in order
   */
  String on(LockFreeStack stack, List<Node> hand);

  /** Pushes a new node. */
  record Push(String name) implements Step {
    @Override
    public String on(LockFreeStack stack, List<Node> hand) {
      stack.push(new Item(name));
      return "done";
    }

    @Override
    public String toString() {
      return "push(%s)".formatted(name);
    }
  }

  /** Pops a node and keeps it. */
  record Pop() implements Step {
    @Override
    public String on(LockFreeStack stack, List<Node> hand) {
      Node node = stack.pop();
      hand.add(node);
      return String.valueOf(node);
    }

    @Override
    public String toString() {
      return "pop()";
    }
  }

  /** Pushes the node that this thread popped first, if there was one. */
  record PushFirstPopped() implements Step {
    @Override
    public String on(LockFreeStack stack, List<Node> hand) {
      Node node = hand.getFirst();
      if (node == null) {
        return "nothing";
      }
      stack.push(node);
      return "done";
    }

    @Override
    public String toString() {
      return "push(the node popped first)";
    }
  }

  /** Looks at the node on top. */
  record Peek() implements Step {
    @Override
    public String on(LockFreeStack stack, List<Node> hand) {
      return String.valueOf(stack.peek());
    }

    @Override
    public String toString() {
      return "peek()";
    }
  }

  /** Asks whether there is none. */
  record IsEmpty() implements Step {
    @Override
    public String on(LockFreeStack stack, List<Node> hand) {
      return String.valueOf(stack.isEmpty());
    }

    @Override
    public String toString() {
      return "isEmpty()";
    }
  }
}
