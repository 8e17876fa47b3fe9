package org.katagrade.agent.explore;

/** Which version of a woven method a thread runs. */
public enum Mode {
  /** The method itself: the thread is not explored. */
  FREE(""),
  /** With steps. */
  EXPLORED("$explored"),
  /** With steps and the race detector. */
  WATCHED("$watched");

  private final String suffix;

  Mode(String suffix) {
    this.suffix = suffix;
  }

  /** The name of this version of a method. */
  public String nameOf(String method) {
    return method + suffix;
  }
}
