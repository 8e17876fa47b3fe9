package org.katagrade.agent.explore;

import java.util.Arrays;

/**
 * A method that is called. Woven code names it by a number.
 *
 * @param owner its class, as {@link Class#getName()} says it
 */
public record MethodName(String owner, String name) {

  private static MethodName[] all = new MethodName[256];
  private static int count;

  /** Gives the method a number; that of one that only looks at something is odd. */
  public static synchronized int register(String owner, String name) {
    if (count == all.length) {
      all = Arrays.copyOf(all, 2 * count);
    }
    all[count] = new MethodName(owner, name);
    return 2 * count++ + (onlyLooks(name) ? 1 : 0);
  }

  /** The method with this number. */
  static synchronized MethodName of(int number) {
    return all[number / 2];
  }

  /** Whether a method with this number only looks at something. */
  static boolean onlyLooks(int number) {
    return (number & 1) != 0;
  }

  private static boolean onlyLooks(String name) {
    return switch (name) {
      case "get",
          "getAcquire",
          "getOpaque",
          "getPlain",
          "getVolatile",
          "isDone",
          "isCancelled",
          "isEmpty",
          "size",
          "contains",
          "containsKey",
          "containsValue",
          "getOrDefault",
          "getFirst",
          "getLast",
          "peek",
          "peekFirst",
          "peekLast",
          "element",
          "getCount",
          "sum",
          "intValue",
          "longValue",
          "availablePermits",
          "isLocked",
          "isHeldByCurrentThread",
          "isShutdown",
          "isTerminated",
          "tryOptimisticRead",
          "validate" ->
          true;
      default -> false;
    };
  }
}
