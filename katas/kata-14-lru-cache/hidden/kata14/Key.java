package kata14;

/** A key; a thread that uses it can be stopped at its {@link Stop}. */
final class Key {

  private final int number;

  Key(int number) {
    this.number = number;
  }

  @Override
  public int hashCode() {
    Stop.point();
    return number;
  }

  @Override
  public boolean equals(Object other) {
    Stop.point();
    return other instanceof Key key && key.number == number;
  }

  @Override
  public String toString() {
    return String.valueOf(number);
  }
}
