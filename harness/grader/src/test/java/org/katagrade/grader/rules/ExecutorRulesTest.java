package org.katagrade.grader.rules;

import org.junit.jupiter.api.Test;

/** The rule about executors that nobody shuts down. */
final class ExecutorRulesTest {

  @Test
  void unclosed() {
    Marked.members(
        """
        private final ExecutorService pool = Executors.newFixedThreadPool(4); // breaks unclosed-executor
        private final Executor clock = new ScheduledThreadPoolExecutor(1); // breaks unclosed-executor
        void run(Runnable task) {
          pool.execute(task);
        }
        """);
  }

  @Test
  void closedByTryWithResources() {
    Marked.members(
        """
        void run(Runnable task) {
          try (var pool = Executors.newFixedThreadPool(4)) {
            pool.execute(task);
          }
        }
        """);
  }

  @Test
  void shutDown() {
    Marked.members(
        """
        private final ExecutorService pool = Executors.newCachedThreadPool();
        public void close() {
          pool.shutdown();
        }
        """);
  }

  @Test
  void shutDownByReference() {
    Marked.members(
        """
        private final ExecutorService pool = Executors.newCachedThreadPool();
        void onEnd(List<Runnable> hooks) {
          hooks.add(pool::shutdownNow);
        }
        """);
  }

  @Test
  void comesFromOutside() {
    Marked.members(
        """
        private final Executor executor;
        public Solution(Executor executor) {
          this.executor = executor;
        }
        void run(Runnable task) {
          executor.execute(task);
        }
        """);
  }

  @Test
  void goesOutside() {
    Marked.members(
        """
        public ExecutorService create(int threads) {
          return Executors.newFixedThreadPool(threads);
        }
        """);
  }

  @Test
  void keepsNoThreads() {
    Marked.members(
        """
        private final ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        private final Executor common = ForkJoinPool.commonPool();
        """);
  }
}
