package org.katagrade.grader.rules;

import org.junit.jupiter.api.Test;

/** Whole programs that are right, in the ways katas are solved: not even advice is given. */
final class CorrectProgramsTest {

  @Test
  void boundedBufferWithMonitor() {
    Marked.program(
        """
        public class Solution<T> {
          private final Deque<T> elements = new ArrayDeque<>();
          private final int capacity;
          public Solution(int capacity) {
            this.capacity = capacity;
          }
          public synchronized void put(T element) throws InterruptedException {
            while (elements.size() == capacity) {
              wait();
            }
            elements.addLast(element);
            notifyAll();
          }
          public synchronized boolean offer(T element, Duration timeout)
              throws InterruptedException {
            long begin = System.nanoTime();
            long limit = timeout.toNanos();
            while (elements.size() == capacity) {
              long left = limit - (System.nanoTime() - begin);
              if (left <= 0) {
                return false;
              }
              TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            elements.addLast(element);
            notifyAll();
            return true;
          }
        }
        """);
  }

  @Test
  void semaphoreWithQueueOfConditions() {
    Marked.program(
        """
        public class Solution {
          private final ReentrantLock lock = new ReentrantLock();
          private final Deque<Waiter> waiters = new ArrayDeque<>();
          private int permits;
          private static final class Waiter {
            final Condition turn;
            boolean admitted;
            Waiter(Condition turn) {
              this.turn = turn;
            }
          }
          public Solution(int permits) {
            this.permits = permits;
          }
          public void acquire() throws InterruptedException {
            lock.lockInterruptibly();
            try {
              if (permits > 0 && waiters.isEmpty()) {
                permits--;
                return;
              }
              Waiter waiter = new Waiter(lock.newCondition());
              waiters.add(waiter);
              try {
                while (!waiter.admitted) {
                  waiter.turn.await();
                }
              } catch (InterruptedException e) {
                if (waiter.admitted) {
                  admitNext();
                } else {
                  waiters.remove(waiter);
                }
                throw e;
              }
            } finally {
              lock.unlock();
            }
          }
          public void release() {
            lock.lock();
            try {
              admitNext();
            } finally {
              lock.unlock();
            }
          }
          private void admitNext() {
            Waiter next = waiters.poll();
            if (next == null) {
              permits++;
            } else {
              next.admitted = true;
              next.turn.signal();
            }
          }
        }
        """,
        "java.util.concurrent.Semaphore");
  }

  @Test
  void workerPoolThatDrains() {
    Marked.program(
        """
        public class Solution implements AutoCloseable {
          private static final Runnable END = () -> {};
          private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
          private final List<Thread> workers = new ArrayList<>();
          public Solution(int size) {
            for (int i = 0; i < size; i++) {
              workers.add(Thread.ofVirtual().start(this::work));
            }
          }
          public <T> Future<T> submit(Callable<T> job) {
            FutureTask<T> task = new FutureTask<>(job);
            queue.add(task);
            return task;
          }
          private void work() {
            try {
              for (Runnable job = queue.take(); job != END; job = queue.take()) {
                job.run();
              }
              queue.put(END);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          @Override
          public void close() {
            queue.add(END);
            boolean interrupted = false;
            for (Thread worker : workers) {
              while (true) {
                try {
                  worker.join();
                  break;
                } catch (InterruptedException e) {
                  interrupted = true;
                  workers.forEach(Thread::interrupt);
                }
              }
            }
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        }
        """,
        "java.util.concurrent.Executors",
        "java.util.concurrent.ThreadPoolExecutor",
        "java.util.concurrent.ForkJoinPool");
  }

  @Test
  void bankThatLocksInOrder() {
    Marked.program(
        """
        public class Solution {
          private static final class Account {
            final String name;
            final Lock lock = new ReentrantLock();
            long cents;
            Account(String name) {
              this.name = name;
            }
          }
          private final ConcurrentMap<String, Account> accounts = new ConcurrentSkipListMap<>();
          public boolean transfer(String from, String to, long cents, Runnable audit) {
            if (from.equals(to)) {
              return true;
            }
            Account source = accounts.get(from);
            Account target = accounts.get(to);
            boolean forward = source.name.compareTo(target.name) < 0;
            Account first = forward ? source : target;
            Account second = forward ? target : source;
            first.lock.lock();
            try {
              second.lock.lock();
              try {
                if (source.cents < cents) {
                  return false;
                }
                source.cents -= cents;
                target.cents = Math.addExact(target.cents, cents);
                audit.run();
                return true;
              } finally {
                second.lock.unlock();
              }
            } finally {
              first.lock.unlock();
            }
          }
          public long total() {
            Deque<Account> held = new ArrayDeque<>();
            try {
              for (Account account : accounts.values()) {
                account.lock.lock();
                held.push(account);
              }
              return held.stream().mapToLong(account -> account.cents).sum();
            } finally {
              while (!held.isEmpty()) {
                held.pop().lock.unlock();
              }
            }
          }
        }
        """);
  }

  @Test
  void lockFreeStackAndOnce() {
    Marked.program(
        """
        public class Solution<T> {
          private record Node<T>(T value, Node<T> next) {}
          private final AtomicReference<Node<T>> top = new AtomicReference<>();
          private volatile boolean done;
          private Throwable failure;
          public void push(T value) {
            while (true) {
              Node<T> seen = top.get();
              if (top.compareAndSet(seen, new Node<>(value, seen))) {
                return;
              }
              Thread.onSpinWait();
            }
          }
          public void run(Runnable action) {
            if (!done) {
              synchronized (this) {
                if (!done) {
                  try {
                    action.run();
                  } catch (RuntimeException | Error e) {
                    failure = e;
                    throw e;
                  } finally {
                    done = true;
                  }
                }
              }
            }
          }
          public synchronized Throwable failure() {
            return failure;
          }
        }
        """);
  }
}
