package org.katagrade.agent.corpus;

/** Makes the threads of a program: a program runs once with platform and once with virtual ones. */
public enum Fork {
  PLATFORM {
    @Override
    public Thread thread(Runnable task) {
      return Thread.ofPlatform().daemon().unstarted(task);
    }
  },
  VIRTUAL {
    @Override
    public Thread thread(Runnable task) {
      return Thread.ofVirtual().unstarted(task);
    }
  };

  /** A thread that the program starts, and joins, itself. */
  public abstract Thread thread(Runnable task);
}
