package kata11;

/**
 * A stack that is a chain of its callers' own nodes and that nobody can hold up.
 *
 * <p>It is <em>intrusive</em>: from the return of {@link #push} until a {@link #pop} takes it, a
 * node's {@link Node#next} is the node below it on the stack, null for the lowest. A node is on one
 * stack at most, and once; to push a node that is on a stack is the caller's mistake and has no
 * defined result. A node that was popped is its caller's again, whatever its link says, and may be
 * pushed at once, on this stack or another.
 *
 * <p>Safe for use by many threads. Every operation happens at one moment between its call and its
 * return, so that what any number of threads see can be explained by putting their operations in
 * one order.
 *
 * <p>It is <em>lock-free</em>: a thread that stops for ever, wherever it is in an operation, stops
 * nobody else. Hence no operation blocks or waits for another thread.
 *
 * <p>An implementation {@code Solution} has the public constructor {@code Solution()}, which makes
 * an empty stack.
 */
public interface LockFreeStack {

  /**
   * Puts a node on top.
   *
   * @param node a node that is on no stack
   * @throws NullPointerException if the node is null
   */
  void push(Node node);

  /**
   * Takes the node on top, which is the one pushed last among those on the stack.
   *
   * @return the node, or null if the stack is empty
   */
  Node pop();

  /** Returns the node on top and leaves it there, or null if the stack is empty. */
  Node peek();

  /** Returns whether there is no node on the stack: then a pop at that moment would return null. */
  boolean isEmpty();
}
