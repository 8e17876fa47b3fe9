package org.katagrade.agent.explore;

/** Says that a program in an explored run tried to end the JVM. */
public final class ExitCalled extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExitCalled(String call) {
    super("the program called " + call);
  }
}
