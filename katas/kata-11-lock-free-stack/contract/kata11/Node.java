package kata11;

/**
 * A link of a stack: what callers extend by whatever they want to keep on one.
 *
 * <p>Reading and writing the link are volatile. A subclass may override both methods to do
 * something before or after them; any time may pass there.
 */
public class Node {

  private volatile Node next;

  /** Creates a node that is on no stack. */
  public Node() {}

  /** Returns the node below this one, or null if there is none. */
  public Node next() {
    return next;
  }

  /** Sets the node below this one, or null; for the stack that the node is on or about to be on. */
  public void setNext(Node below) {
    next = below;
  }
}
