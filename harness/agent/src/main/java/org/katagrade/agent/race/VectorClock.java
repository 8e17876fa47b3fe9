package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/**
 * How much one thread knows of each other: for every thread's number, the last of its times that
 * happened before. Immutable.
 *
 * <p>A tree of small arrays that shares what did not change, so that taking over the clock of a
 * lock that ten thousand threads have held costs as much as what is new in it, and not ten
 * thousand. The idea of sharing instead of copying is that of tree clocks (Mathur et al., ASPLOS
 * 2022); the structure is a plain radix tree.
 */
public final class VectorClock {

  private static final int BITS = 3;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  /** Knows nobody. */
  public static final VectorClock NONE = new VectorClock(0, new long[WIDTH]);

  /** Levels above the leaves. */
  private final int height;

  /** A {@code long[]} of times at height 0; above, an {@code Object[]} of smaller trees. */
  private final Object root;

  private VectorClock(int height, Object root) {
    this.height = height;
    this.root = root;
  }

  /** The last time of this thread that is known; 0 if none is. */
  public long at(int thread) {
    if (thread >>> BITS * (height + 1) != 0) {
      return 0;
    }
    Object node = root;
    for (int level = height; level > 0; level--) {
      Object child = ((Object[]) node)[thread >>> BITS * level & MASK];
      if (child == null) {
        return 0;
      }
      node = child;
    }
    return ((long[]) node)[thread & MASK];
  }

  /** This clock with another time for one thread. */
  public VectorClock with(int thread, long time) {
    VectorClock wide = this;
    while (thread >>> BITS * (wide.height + 1) != 0) {
      wide = wide.raised();
    }
    return new VectorClock(wide.height, with(wide.root, wide.height, thread, time));
  }

  private static Object with(@Nullable Object node, int height, int thread, long time) {
    if (height == 0) {
      long[] times = node == null ? new long[WIDTH] : ((long[]) node).clone();
      times[thread & MASK] = time;
      return times;
    }
    Object[] children = node == null ? new Object[WIDTH] : ((Object[]) node).clone();
    int index = thread >>> BITS * height & MASK;
    children[index] = with(children[index], height - 1, thread, time);
    return children;
  }

  /** What either knows. */
  public VectorClock join(VectorClock other) {
    if (this == other || other == NONE) {
      return this;
    }
    if (this == NONE) {
      return other;
    }
    VectorClock one = this;
    VectorClock two = other;
    while (one.height < two.height) {
      one = one.raised();
    }
    while (two.height < one.height) {
      two = two.raised();
    }
    Object joined = join(one.root, two.root, one.height);
    if (joined == root) {
      return this;
    }
    return joined == other.root ? other : new VectorClock(one.height, joined);
  }

  private static Object join(Object one, Object two, int height) {
    if (one == two) {
      return one;
    }
    return height == 0
        ? joinTimes((long[]) one, (long[]) two)
        : joinChildren((Object[]) one, (Object[]) two, height);
  }

  private static long[] joinTimes(long[] one, long[] two) {
    boolean firstHasAll = true;
    boolean secondHasAll = true;
    for (int i = 0; i < WIDTH; i++) {
      firstHasAll &= one[i] >= two[i];
      secondHasAll &= two[i] >= one[i];
    }
    if (firstHasAll || secondHasAll) {
      return firstHasAll ? one : two;
    }
    long[] times = new long[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      times[i] = Math.max(one[i], two[i]);
    }
    return times;
  }

  private static Object[] joinChildren(Object[] one, Object[] two, int height) {
    Object[] children = new Object[WIDTH];
    boolean firstHasAll = true;
    boolean secondHasAll = true;
    for (int i = 0; i < WIDTH; i++) {
      Object left = one[i];
      Object right = two[i];
      if (left == null || right == null) {
        children[i] = left == null ? right : left;
      } else {
        children[i] = join(left, right, height - 1);
      }
      firstHasAll &= children[i] == left;
      secondHasAll &= children[i] == right;
    }
    if (firstHasAll || secondHasAll) {
      return firstHasAll ? one : two;
    }
    return children;
  }

  private VectorClock raised() {
    Object[] children = new Object[WIDTH];
    children[0] = root;
    return new VectorClock(height + 1, children);
  }
}
