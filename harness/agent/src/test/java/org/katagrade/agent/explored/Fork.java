package org.katagrade.agent.explored;

/** Makes the threads of a program: a program runs with platform threads and with virtual ones. */
public enum Fork {
  /** No daemons, so that one that never ends is missed. */
  PLATFORM {
    @Override
    public Thread thread(Runnable task) {
      return Thread.ofPlatform().daemon(false).unstarted(task);
    }
  },
  VIRTUAL {
    @Override
    public Thread thread(Runnable task) {
      return Thread.ofVirtual().unstarted(task);
    }
  };

  /** A thread that the program starts itself. */
  public abstract Thread thread(Runnable task);
}
