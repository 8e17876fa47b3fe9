package org.katagrade.agent.explored;

/** Busy threads beside the tests: {@code -Dexplored.load=2} keeps so many going. */
final class Load implements AutoCloseable {

  private static final int THREADS = Integer.getInteger("explored.load", 0);

  private volatile boolean over;

  private Load() {}

  static Load begin() {
    Load load = new Load();
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().daemon().name("load-", i).start(load::spin);
    }
    return load;
  }

  private void spin() {
    while (!over) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
