package org.katagrade.agent.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import jdk.internal.misc.Unsafe;

/**
 * What the JDK keeps for the whole JVM and a run has to begin with anew, so that the same choices
 * make the same run: the numbers in default names, the seeds of random numbers, the common pool.
 */
final class Globals {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** As on a machine with five processors. On two, much that can go wrong never does. */
  private static final String PARALLELISM = "4";

  private static final String PARALLELISM_PROPERTY =
      "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final long SEED = 0x5DEECE66DL;

  private static final Counter THREADS;
  private static final Counter POOLS;
  private static final AtomicInteger FACTORIES;
  private static final AtomicInteger TIMERS;
  private static final AtomicInteger PROBES;
  private static final AtomicLong SEEDS;
  private static final AtomicLong RANDOMS;
  private static final MethodHandle NEW_POOL;

  /** A static variable. */
  private record Counter(Object base, long offset) {

    static Counter of(Class<?> type, String name) throws NoSuchFieldException {
      Field field = type.getDeclaredField(name);
      return new Counter(UNSAFE.staticFieldBase(field), UNSAFE.staticFieldOffset(field));
    }

    Object value() {
      return UNSAFE.getReference(base, offset);
    }

    int get() {
      return UNSAFE.getIntVolatile(base, offset);
    }

    void set(int to) {
      UNSAFE.putIntVolatile(base, offset, to);
    }
  }

  static {
    try {
      THREADS = Counter.of(Class.forName("java.lang.Thread$ThreadNumbering"), "next");
      POOLS = Counter.of(ForkJoinPool.class, "poolIds");
      Class<?> factory = Class.forName("java.util.concurrent.Executors$DefaultThreadFactory");
      FACTORIES = (AtomicInteger) Counter.of(factory, "poolNumber").value();
      // Else its first user might be a run, whose pool it would keep as everybody's.
      UNSAFE.ensureClassInitialized(CompletableFuture.class);
      UNSAFE.ensureClassInitialized(Timer.class);
      TIMERS = (AtomicInteger) Counter.of(Timer.class, "nextSerialNumber").value();
      UNSAFE.ensureClassInitialized(ThreadLocalRandom.class);
      PROBES = (AtomicInteger) Counter.of(ThreadLocalRandom.class, "probeGenerator").value();
      SEEDS = (AtomicLong) Counter.of(ThreadLocalRandom.class, "seeder").value();
      UNSAFE.ensureClassInitialized(Random.class);
      RANDOMS = (AtomicLong) Counter.of(Random.class, "seedUniquifier").value();
      NEW_POOL =
          MethodHandles.privateLookupIn(ForkJoinPool.class, MethodHandles.lookup())
              .findConstructor(ForkJoinPool.class, MethodType.methodType(void.class, byte.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int threads;
  private int pools;
  private int factories;
  private int timers;
  private int probes;
  private long seeds;
  private long randoms;

  /** A run begins. */
  void begin() {
    threads = THREADS.get();
    pools = POOLS.get();
    factories = FACTORIES.get();
    timers = TIMERS.get();
    probes = PROBES.get();
    seeds = SEEDS.get();
    randoms = RANDOMS.get();
    THREADS.set(0);
    POOLS.set(0);
    FACTORIES.set(1);
    TIMERS.set(0);
    PROBES.set(0);
    SEEDS.set(SEED);
    RANDOMS.set(SEED);
  }

  /** The run is over: the rest of the JVM goes on counting where it was. */
  void end() {
    THREADS.set(threads);
    POOLS.set(pools);
    FACTORIES.set(factories);
    TIMERS.set(timers);
    PROBES.set(probes);
    SEEDS.set(seeds);
    RANDOMS.set(randoms);
  }

  /** A common pool for one run. */
  static ForkJoinPool newCommonPool() {
    String before = System.getProperty(PARALLELISM_PROPERTY);
    System.setProperty(PARALLELISM_PROPERTY, PARALLELISM);
    try {
      return (ForkJoinPool) NEW_POOL.invokeExact((byte) 0);
    } catch (Throwable e) {
      throw new IllegalStateException("there can be no common pool", e);
    } finally {
      if (before == null) {
        System.clearProperty(PARALLELISM_PROPERTY);
      } else {
        System.setProperty(PARALLELISM_PROPERTY, before);
      }
    }
  }
}
