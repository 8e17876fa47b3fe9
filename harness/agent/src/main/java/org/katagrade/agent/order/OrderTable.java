package org.katagrade.agent.order;

import java.util.List;

/** The classes whose methods stand in for methods of the JDK. */
public final class OrderTable {

  /** Each public static method of these is an entry. */
  public static final List<Class<?>> HOLDERS =
      List.of(
          Threads.class,
          Monitors.class,
          Locks.class,
          StampedLocks.class,
          Fences.class,
          Synchronizers.class,
          Phasers.class,
          Executors.class,
          ForkJoinPools.class,
          Completers.class,
          ForkJoin.class,
          FutureCalls.class,
          Timers.class,
          Publishers.class,
          ConcurrentCollectors.class,
          Traversals.class,
          References.class,
          ElementSteps.class,
          GathererCalls.class,
          Arrays.class);

  private OrderTable() {}
}
