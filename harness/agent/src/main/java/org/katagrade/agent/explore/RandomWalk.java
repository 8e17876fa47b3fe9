package org.katagrade.agent.explore;

/** Lets any thread go on, each as likely as the others, at every step. */
final class RandomWalk extends Strategy {

  @Override
  String name() {
    return "walk";
  }

  @Override
  void begin(Extent known) {}

  @Override
  int pick(Candidates now, int size) {
    return any(now, size);
  }
}
