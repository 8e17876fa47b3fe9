package org.katagrade.grader.rules;

import org.junit.jupiter.api.Test;

/** Rules about waiting, interrupts, and calls that say whether they did anything. */
final class WaitRulesTest {

  @Test
  void waitOutsideLoop() {
    Marked.members(
        """
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean ready;
        synchronized void wrong() throws InterruptedException {
          if (!ready) {
            wait(); // breaks wait-outside-loop
          }
        }
        void wrongOnInterface(List<String> names) throws InterruptedException {
          synchronized (names) {
            if (names.isEmpty()) {
              names.wait(); // breaks wait-outside-loop
            }
          }
        }
        void wrongCondition() throws InterruptedException {
          lock.lock();
          try {
            if (!ready) {
              changed.await(); // breaks wait-outside-loop
            }
          } finally {
            lock.unlock();
          }
        }
        boolean wrongTimed() throws InterruptedException {
          return ready || changed.await(1, TimeUnit.SECONDS); // breaks wait-outside-loop
        }
        void wrongPark() {
          if (!ready) {
            LockSupport.park(this); // breaks wait-outside-loop
          }
        }
        private synchronized void pauseOnce() throws InterruptedException {
          wait(); // breaks wait-outside-loop
        }
        void callsOnce() throws InterruptedException {
          if (!ready) {
            pauseOnce();
          }
        }
        """);
  }

  @Test
  void waitInLoop() {
    Marked.members(
        """
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean ready;
        synchronized void whileLoop() throws InterruptedException {
          while (!ready) {
            wait();
          }
        }
        void onInterface(List<String> names) throws InterruptedException {
          synchronized (names) {
            while (names.isEmpty()) {
              names.wait();
            }
          }
        }
        synchronized void doLoop() throws InterruptedException {
          do {
            wait(100);
          } while (!ready);
        }
        synchronized void endless() throws InterruptedException {
          for (;;) {
            if (ready) {
              return;
            }
            wait();
          }
        }
        boolean timed(long nanos) throws InterruptedException {
          lock.lock();
          try {
            long left = nanos;
            while (!ready) {
              if (left <= 0) {
                return false;
              }
              left = changed.awaitNanos(left);
            }
            return true;
          } finally {
            lock.unlock();
          }
        }
        private void pause() throws InterruptedException {
          changed.await();
        }
        private void pauseAgain() throws InterruptedException {
          pause();
        }
        void inCaller() throws InterruptedException {
          while (!ready) {
            pauseAgain();
          }
        }
        interface Pause { void once() throws InterruptedException; }
        void until(Pause pause) throws InterruptedException {
          while (!ready) {
            pause.once();
          }
        }
        void inLambda() throws InterruptedException {
          until(() -> changed.await());
          until(changed::await);
          until(this::pause2);
        }
        private void pause2() throws InterruptedException {
          changed.await();
        }
        void uninterruptibly() {
          boolean interrupted = false;
          try {
            while (!ready) {
              try {
                changed.await();
              } catch (InterruptedException e) {
                interrupted = true;
              }
            }
          } finally {
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        }
        void otherAwaits(CountDownLatch latch, CyclicBarrier barrier) throws Exception {
          latch.await();
          barrier.await();
        }
        """);
  }

  @Test
  void swallowedInterrupt() {
    Marked.members(
        """
        private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        private final Lock lock = new ReentrantLock();
        private boolean ready;
        void empty(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) { // breaks swallowed-interrupt
          }
        }
        void logged(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) { // breaks swallowed-interrupt
            e.printStackTrace();
            System.err.println("interrupted: " + e.getMessage());
          }
        }
        synchronized Runnable inLoop() {
          while (!ready) {
            try {
              wait();
            } catch (InterruptedException ignored) { // breaks swallowed-interrupt
              // wait again
            }
          }
          return null;
        }
        synchronized Runnable aroundLoop() {
          try {
            while (!ready) {
              wait();
            }
          } catch (InterruptedException ignored) { // breaks swallowed-interrupt
          }
          return queue.poll();
        }
        void withFinally(CountDownLatch latch) {
          lock.lock();
          try {
            latch.await();
          } catch (InterruptedException e) { // breaks swallowed-interrupt
          } finally {
            lock.unlock();
          }
        }
        void several(Future<String> future) {
          try {
            future.get();
          } catch (InterruptedException | ExecutionException e) { // breaks swallowed-interrupt
            System.out.println(e);
          }
        }
        Thread immortal() {
          return new Thread(() -> {
            while (true) {
              try {
                queue.take().run();
              } catch (InterruptedException e) { // breaks swallowed-interrupt
              }
            }
          });
        }
        Thread asksTooLate() {
          return new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
              try {
                queue.take().run();
              } catch (InterruptedException e) { // breaks swallowed-interrupt
                e.printStackTrace();
              }
            }
          });
        }
        """);
  }

  @Test
  void answeredInterrupt() {
    Marked.members(
        """
        private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        private final Lock lock = new ReentrantLock();
        private volatile boolean running = true;
        private volatile boolean interrupted;
        void restored(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        void oneLine(Thread thread) {
          try { thread.join(); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }
        }
        private static void restore() {
          Thread.currentThread().interrupt();
        }
        void restoredElsewhere(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) {
            restore();
          }
        }
        void wrapped(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        void cleanedUp(CountDownLatch latch) throws InterruptedException {
          try {
            latch.await();
          } catch (InterruptedException e) {
            queue.clear();
            throw e;
          } finally {
            running = false;
          }
        }
        boolean told(CountDownLatch latch) {
          try {
            latch.await();
            return true;
          } catch (InterruptedException e) {
            return false;
          }
        }
        void flagged(CountDownLatch latch) {
          try {
            latch.await();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        void uninterruptibly(CountDownLatch latch) {
          boolean seen = false;
          try {
            while (true) {
              try {
                latch.await();
                return;
              } catch (InterruptedException e) {
                seen = true;
              }
            }
          } finally {
            if (seen) {
              Thread.currentThread().interrupt();
            }
          }
        }
        Thread endsItself() {
          return new Thread(() -> {
            try {
              while (true) {
                queue.take().run();
              }
            } catch (InterruptedException e) {
              // asked to end
            }
          });
        }
        Thread breaks() {
          return new Thread(() -> {
            while (running) {
              try {
                queue.take().run();
              } catch (InterruptedException e) {
                break;
              }
            }
          });
        }
        Thread looksAtFlag() {
          return new Thread(() -> {
            while (running) {
              try {
                queue.take().run();
              } catch (InterruptedException e) {
                // woken to look at the flag
              }
            }
          });
        }
        Thread reference() {
          return new Thread(this::work);
        }
        Thread call() {
          return new Thread(() -> loop());
        }
        private void work() {
          try {
            while (running) {
              queue.take().run();
            }
          } catch (InterruptedException e) {
          }
        }
        private void loop() {
          while (running) {
            try {
              queue.take().run();
            } catch (InterruptedException e) {
              break;
            }
          }
        }
        """);
  }

  @Test
  void ignoredResult() {
    Marked.members(
        """
        private final ReentrantLock lock = new ReentrantLock();
        private final Semaphore permits = new Semaphore(1);
        private final AtomicInteger count = new AtomicInteger();
        void wrong(CountDownLatch latch, ExecutorService pool, BlockingQueue<String> queue)
            throws InterruptedException {
          lock.tryLock(); // breaks ignored-result
          lock.tryLock(1, TimeUnit.SECONDS); // breaks ignored-result
          permits.tryAcquire(); // breaks ignored-result
          latch.await(1, TimeUnit.SECONDS); // breaks ignored-result
          pool.awaitTermination(1, TimeUnit.SECONDS); // breaks ignored-result
          queue.offer("late", 1, TimeUnit.SECONDS); // breaks ignored-result
          Runnable later = () -> permits.tryAcquire(); // breaks ignored-result
        }
        void wrongOffer(ArrayBlockingQueue<String> queue) {
          queue.offer("dropped"); // breaks ignored-result
        }
        long wrongStamps(StampedLock stamps) throws InterruptedException {
          stamps.tryWriteLock(1, TimeUnit.SECONDS); // breaks ignored-result
          stamps.tryOptimisticRead(); // breaks ignored-result
          stamps.validate(0); // breaks ignored-result
          long stamp = stamps.tryOptimisticRead();
          return stamps.validate(stamp) ? stamp : stamps.readLock();
        }
        boolean right(CountDownLatch latch, Queue<String> queue, BlockingQueue<String> unbounded,
            CyclicBarrier barrier, Deque<String> deque) throws Exception {
          queue.offer("always true");
          unbounded.offer("perhaps always true");
          deque.offerFirst("always true");
          barrier.await();
          latch.await();
          count.compareAndSet(1, 2);
          boolean held = lock.tryLock();
          if (permits.tryAcquire() && held) {
            return latch.await(1, TimeUnit.SECONDS);
          }
          return false;
        }
        """);
  }
}
