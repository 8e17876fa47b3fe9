package kata11;

/** A node; a thread that reads or writes its link can be stopped before and after. */
final class Item extends Node {

  private final String name;

  Item(String name) {
    this.name = name;
  }

  @Override
  public Node next() {
    Stop.point();
    Node below = super.next();
    Stop.point();
    return below;
  }

  @Override
  public void setNext(Node below) {
    Stop.point();
    super.setNext(below);
    Stop.point();
  }

  @Override
  public String toString() {
    return name;
  }
}
