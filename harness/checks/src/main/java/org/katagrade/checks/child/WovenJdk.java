package org.katagrade.checks.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.jvm.agent.LincheckInstrumentation;
import org.jetbrains.lincheck.trace.TraceContext;
import org.jetbrains.lincheck.util.LoggingLevel;

/**
 * Classes of the JDK as Lincheck weaves into them, kept from one child to the next in a {@link
 * WovenFile}: some sixty that it always weaves into at its first check, which have to do with
 * method handles and class loaders, and those that concurrent code often uses.
 */
public final class WovenJdk {

  private static final String PROPERTY = "grade.woven";

  private WovenJdk() {}

  /** The option by which a child is told of the file. */
  public static String option(Path file) {
    return "-D" + PROPERTY + "=" + file;
  }

  /** Has Lincheck weave into what is often used, and writes the file that is named first. */
  public static void main(String[] args) throws IOException {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(1)
        .threads(1)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .logLevel(LoggingLevel.OFF)
        .check(OftenUsed.class);
    Map<String, byte[]> classes = new TreeMap<>(LincheckSetup.woven());
    classes.keySet().removeIf(name -> !isOfTheJdk(name));
    Files.write(
        Path.of(args[0]),
        WovenFile.contents(classes, LincheckInstrumentation.INSTANCE.getContext()));
  }

  /** Has Lincheck find what the file holds, if there is one; called before the first check. */
  static void recall() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return;
    }
    TraceContext context = LincheckInstrumentation.INSTANCE.getContext();
    try {
      LincheckSetup.recall(WovenFile.read(Files.readAllBytes(Path.of(file)), context));
    } catch (IOException e) {
      // Lincheck weaves them itself, which costs time and nothing else.
    }
  }

  private static boolean isOfTheJdk(String name) {
    return name.startsWith("java.") || name.startsWith("jdk.");
  }

  /** Calls into what submissions and their sequential counterparts are made of. */
  public static final class OftenUsed {

    public OftenUsed() {}

    @Operation
    public void happens() throws InterruptedException {
      sequential();
      concurrent();
      locks();
    }

    private static void sequential() {
      for (Collection<Integer> collection :
          List.of(
              new ArrayList<Integer>(),
              new ArrayDeque<Integer>(),
              new LinkedList<Integer>(),
              new PriorityQueue<Integer>(),
              new HashSet<Integer>())) {
        use(collection);
      }
      for (Map<Integer, Integer> map :
          List.of(
              new HashMap<Integer, Integer>(),
              new LinkedHashMap<Integer, Integer>(),
              new TreeMap<Integer, Integer>())) {
        use(map);
      }
    }

    private static void concurrent() {
      use(new ConcurrentHashMap<>());
      use(new ConcurrentLinkedQueue<>());
      use(new ConcurrentLinkedDeque<>());
      use(new LinkedBlockingQueue<>());
      use(new CopyOnWriteArrayList<>());
    }

    private static void locks() throws InterruptedException {
      ReentrantLock lock = new ReentrantLock();
      Condition condition = lock.newCondition();
      use(lock);
      lock.lock();
      try {
        condition.signalAll();
        boolean inTime = condition.awaitNanos(0) > 0;
        Objects.checkIndex(inTime ? 1 : 0, 2);
      } finally {
        lock.unlock();
      }
      ReentrantReadWriteLock two = new ReentrantReadWriteLock();
      use(two.readLock());
      use(two.writeLock());
      Semaphore semaphore = new Semaphore(1);
      if (semaphore.tryAcquire()) {
        semaphore.release();
      }
      semaphore.acquire();
      semaphore.release();
    }

    private static void use(Lock lock) {
      lock.lock();
      try {
        Objects.requireNonNull(lock);
      } finally {
        lock.unlock();
      }
    }

    private static void use(Collection<Integer> collection) {
      collection.add(2);
      collection.add(1);
      for (Integer each : collection) {
        Objects.requireNonNull(each);
      }
      collection.remove(1);
      collection.clear();
    }

    private static void use(Map<Integer, Integer> map) {
      map.put(1, 1);
      map.merge(1, 1, Integer::sum);
      map.computeIfAbsent(2, any -> 1);
      for (Map.Entry<Integer, Integer> each : map.entrySet()) {
        Objects.requireNonNull(each.getValue());
      }
      for (Integer each : map.values()) {
        Objects.requireNonNull(each);
      }
      map.remove(1);
    }
  }
}
