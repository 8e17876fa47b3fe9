package org.katagrade.agent.race;

/**
 * The end of a constructor that set final fields (JLS 17.5): what its thread had done by then is
 * seen by all who reach it through one of them, however they came by the object.
 */
final class Freeze extends Cell {

  final Epoch when;
  final ThreadState thread;

  Freeze(Epoch when) {
    super(null);
    this.when = when;
    this.thread = when.thread();
  }

  boolean covers(Access access) {
    return access.write && access.when.thread() == thread && access.when.time() <= when.time();
  }
}
