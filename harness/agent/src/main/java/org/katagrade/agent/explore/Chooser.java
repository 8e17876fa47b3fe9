package org.katagrade.agent.explore;

/** Makes the choices of one run. Called at every step: it must not allocate. */
interface Chooser {

  /**
   * Chooses who goes on.
   *
   * @return an index into the candidates
   */
  int choose(Candidates candidates);

  /** Chooses one of so many things, 2 or more, that a thread does by chance. */
  int among(int count);
}
