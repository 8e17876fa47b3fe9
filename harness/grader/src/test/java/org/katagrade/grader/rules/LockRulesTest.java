package org.katagrade.grader.rules;

import org.junit.jupiter.api.Test;

/** Rules about what is locked and how it is released. */
final class LockRulesTest {

  @Test
  void lockOnSharedValue() {
    Marked.members(
        """
        private final Integer number = 7;
        private static final String NAME = "lock";
        private final Object lock = new Object();
        private final List<String> names = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        void wrong(String key, int amount, boolean flip) {
          synchronized (number) { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized (NAME) { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized ("literal") { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized (key.intern()) { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized (Boolean.TRUE) { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized (Long.valueOf(amount)) { // breaks lock-on-shared-value
            names.clear();
          }
          synchronized (numbers.get(key)) { // breaks lock-on-shared-value
            names.clear();
          }
          String local = flip ? key : NAME;
          synchronized (local) { // breaks lock-on-shared-value
            names.clear();
          }
        }
        synchronized void right(Object given, int[] cells) {
          synchronized (lock) {
            synchronized (names) {
              names.clear();
            }
          }
          synchronized (this) {
            synchronized (given) {
              synchronized (Solution.class) {
                synchronized (cells) {
                  names.clear();
                }
              }
            }
          }
        }
        """);
  }

  @Test
  void lockOnRuntimeClass() {
    Marked.members(
        """
        static int count;
        void wrong(Object other) {
          synchronized (getClass()) { // breaks lock-on-runtime-class
            count++;
          }
          synchronized (other.getClass()) { // breaks lock-on-runtime-class
            count++;
          }
        }
        static final class Last {
          void right() {
            synchronized (getClass()) {
              count++;
            }
          }
        }
        void right() {
          synchronized (Solution.class) {
            count++;
          }
        }
        """);
  }

  @Test
  void lockOnNewObject() {
    Marked.members(
        """
        private int count;
        void wrong() {
          synchronized (new Object()) { // breaks lock-on-new-object
            count++;
          }
        }
        List<Object> right(List<Object> all) {
          Object mine = new Object();
          all.add(mine);
          synchronized (mine) {
            count++;
          }
          return all;
        }
        """);
  }

  @Test
  void lockOnLock() {
    Marked.members(
        """
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private int count;
        void wrong() {
          synchronized (lock) { // breaks lock-on-lock
            count++;
          }
          synchronized (changed) { // breaks lock-on-lock
            count++;
          }
        }
        void right(List<ReentrantLock> locks) {
          lock.lock();
          try {
            count++;
          } finally {
            lock.unlock();
          }
          synchronized (locks) {
            locks.add(lock);
          }
        }
        """);
  }

  @Test
  void lockOnReassignedField() {
    Marked.members(
        """
        private List<String> names = new ArrayList<>();
        private Object never = new Object();
        private Node head = new Node();
        static class Node { Node next; }
        void wrong() {
          synchronized (names) { // breaks lock-on-reassigned-field
            names = new ArrayList<>();
          }
        }
        void right(Node node) {
          synchronized (never) {
            names.clear();
          }
          synchronized (node.next) {
            node.next = node.next.next;
          }
          Node first = head;
          synchronized (first) {
            head = first.next;
          }
        }
        """);
  }

  @Test
  void monitorCallOnLock() {
    Marked.members(
        """
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Object monitor = new Object();
        private boolean ready;
        void wrong(CountDownLatch latch) throws InterruptedException {
          while (!ready) {
            changed.wait(); // breaks monitor-call-on-lock
            latch.wait(10); // breaks monitor-call-on-lock
          }
          changed.notifyAll(); // breaks monitor-call-on-lock
          Condition local = changed;
          local.notify(); // breaks monitor-call-on-lock
          lock.newCondition().notify(); // breaks monitor-call-on-lock
        }
        void right() throws InterruptedException {
          synchronized (monitor) {
            while (!ready) {
              monitor.wait();
            }
            monitor.notifyAll();
          }
          synchronized (this) {
            notifyAll();
          }
          changed.signalAll();
        }
        """);
  }

  @Test
  void unlockOutsideFinally() {
    Marked.members(
        """
        private final ReentrantLock lock = new ReentrantLock();
        private final ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        private final StampedLock stamped = new StampedLock();
        private final Deque<String> names = new ArrayDeque<>();
        void wrong(String name) {
          lock.lock(); // breaks unlock-outside-finally
          names.add(name);
          lock.unlock();
        }
        void wrongWhenThrown(String name) {
          lock.lock(); // breaks unlock-outside-finally
          if (name == null) {
            throw new IllegalArgumentException();
          }
          lock.unlock();
        }
        String wrongCatch(Callable<String> task) throws Exception {
          both.readLock().lock(); // breaks unlock-outside-finally
          String result;
          try {
            result = task.call();
          } catch (IllegalStateException e) {
            result = "";
          }
          both.readLock().unlock();
          return result;
        }
        void wrongStamp(Runnable task) {
          long stamp = stamped.writeLock(); // breaks unlock-outside-finally
          task.run();
          stamped.unlockWrite(stamp);
        }
        void wrongBefore(String name) {
          lock.lock(); // breaks unlock-outside-finally
          names.add(name);
          try {
            names.add(name);
          } finally {
            lock.unlock();
          }
        }
        """);
  }

  @Test
  void unlockInFinally() {
    Marked.members(
        """
        static class Node {
          final Lock lock = new ReentrantLock();
          int key;
          Node next;
          Lock lock() { return lock; }
        }
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        private final StampedLock stamped = new StampedLock();
        private final Deque<String> names = new ArrayDeque<>();
        private final Node head = new Node();
        private int count;
        String plain() throws InterruptedException {
          lock.lockInterruptibly();
          try {
            while (names.isEmpty()) {
              changed.await();
            }
            return names.remove();
          } finally {
            lock.unlock();
          }
        }
        int nothingCanThrow() {
          lock.lock();
          int seen = count;
          lock.unlock();
          return seen;
        }
        boolean timed(Duration time) throws InterruptedException {
          if (!lock.tryLock(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
          }
          try {
            names.add("timed");
          } finally {
            lock.unlock();
          }
          return true;
        }
        void withCatch(Callable<String> task) {
          both.writeLock().lock();
          try {
            names.add(task.call());
          } catch (Exception e) {
            names.add("failed " + e);
          } finally {
            both.writeLock().unlock();
          }
        }
        void two(Node a, Node b, Runnable audit) {
          Node first = a.key < b.key ? a : b;
          Node second = first == a ? b : a;
          first.lock().lock();
          second.lock().lock();
          try {
            audit.run();
          } finally {
            second.lock().unlock();
            first.lock().unlock();
          }
        }
        void nested(Node a, Node b, Runnable audit) {
          a.lock.lock();
          try {
            b.lock.lock();
            try {
              audit.run();
            } finally {
              b.lock.unlock();
            }
          } finally {
            a.lock.unlock();
          }
        }
        void all(List<Node> nodes, Runnable audit) {
          for (Node node : nodes) {
            node.lock.lock();
          }
          try {
            audit.run();
          } finally {
            for (Node node : nodes) {
              node.lock.unlock();
            }
          }
        }
        boolean handOverHand(int key) {
          head.lock.lock();
          Node before = head;
          try {
            Node node = before.next;
            node.lock.lock();
            try {
              while (node.key < key) {
                before.lock.unlock();
                before = node;
                node = node.next;
                node.lock.lock();
              }
              return node.key == key;
            } finally {
              node.lock.unlock();
            }
          } finally {
            before.lock.unlock();
          }
        }
        void acquire() {
          lock.lock();
          names.add("taken");
        }
        void release() {
          names.add("given back");
          lock.unlock();
        }
        void around(Runnable task) {
          lock.lock();
          try {
            task.run();
          } finally {
            release();
          }
        }
        void callOutside(Runnable task) {
          lock.lock();
          try {
            names.clear();
          } finally {
            lock.unlock();
          }
          task.run();
        }
        long deadline(Duration time) {
          lock.lock();
          long begin = System.nanoTime();
          try {
            return begin + time.toNanos();
          } finally {
            lock.unlock();
          }
        }
        int optimistic() {
          long stamp = stamped.tryOptimisticRead();
          int seen = count;
          if (!stamped.validate(stamp)) {
            stamp = stamped.readLock();
            try {
              seen = count;
            } finally {
              stamped.unlockRead(stamp);
            }
          }
          return seen;
        }
        String longFinally() throws InterruptedException {
          lock.lock();
          try {
            while (names.isEmpty()) {
              changed.await();
            }
            return names.remove();
          } finally {
            if (names.peek() != null) {
              changed.signal();
            }
            lock.unlock();
          }
        }
        int earlyReturn(int limit) {
          lock.lock();
          try {
            if (names.size() > limit) {
              return limit;
            }
            return names.size();
          } finally {
            lock.unlock();
          }
        }
        """);
  }
}
