package kata28;

/** How a pool goes about ending. */
public enum Shutdown {

  /** Every job that was submitted is still done, undisturbed. */
  DRAIN,

  /** Jobs that have not begun are cancelled, and the threads of those that have are interrupted. */
  NOW
}
