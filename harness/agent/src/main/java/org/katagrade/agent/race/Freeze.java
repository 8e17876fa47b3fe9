package org.katagrade.agent.race;

/**
 * The end of a constructor that set final fields (JLS 17.5): what its thread had done by then is
 * seen by all who reach it through one of them, however they came by the object.
 */
record Freeze(ThreadState thread, long time) {

  boolean covers(Access access) {
    return access.write && access.thread == thread && access.time <= time;
  }
}
