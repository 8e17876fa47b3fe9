package org.katagrade.agent.explore;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A method that is called. Woven code names it by a number.
 *
 * @param owner its class, as {@link Class#getName()} says it
 */
public record MethodName(String owner, String name) {

  private static @Nullable MethodName[] all = new @Nullable MethodName[256];
  private static int count;

  /** Those that an earlier JVM has numbered. */
  private static @Nullable IntFunction<MethodName> earlier;

  /**
   * Takes over the numbers of an earlier JVM; called before there are others.
   *
   * @param earlier tells them by their index, from 0
   */
  public static synchronized void begin(int methods, IntFunction<MethodName> earlier) {
    if (count != 0) {
      throw new IllegalStateException("methods have been numbered already");
    }
    count = methods;
    all = Arrays.copyOf(all, Math.max(all.length, methods));
    MethodName.earlier = earlier;
  }

  /** All of them, by their index. */
  public static synchronized MethodName[] all() {
    MethodName[] known = new MethodName[count];
    for (int index = 0; index < count; index++) {
      known[index] = of(2 * index);
    }
    return known;
  }

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
    MethodName known = all[number / 2];
    return known == null ? Objects.requireNonNull(earlier).apply(number / 2) : known;
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
