package org.katagrade.agent.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects that the threads of a run have to do with, by identity. What is in it does not depend
 * on identity hash codes, only where.
 */
final class Targets {

  private static final int LEAST = 128;

  /** A table that one large run needed is not kept for small ones. */
  private static final int MOST_KEPT = 8_192;

  private @Nullable Target[] table = new @Nullable Target[LEAST];
  private Target[] all = new Target[0];
  private int count;

  /** Forgets those of the last run. */
  void clear() {
    for (int i = 0; i < count; i++) {
      all[i].end();
    }
    if (table.length > MOST_KEPT) {
      table = new @Nullable Target[LEAST];
      all = new Target[0];
    } else if (count > 0) {
      Arrays.fill(table, null);
    }
    count = 0;
  }

  /** The one for this object; the same whenever it is asked for within a run. */
  Target of(Object object) {
    int mask = table.length - 1;
    int slot = slot(object, mask);
    for (Target at = table[slot]; at != null; at = table[slot]) {
      if (at.object == object) {
        return at;
      }
      slot = slot + 1 & mask;
    }
    Target target = next();
    target.begin(object);
    table[slot] = target;
    if (2 * count > table.length) {
      grow();
    }
    return target;
  }

  /** The one for this object, if the run came upon it. */
  @Nullable Target find(Object object) {
    int mask = table.length - 1;
    int slot = slot(object, mask);
    for (Target at = table[slot]; at != null; at = table[slot]) {
      if (at.object == object) {
        return at;
      }
      slot = slot + 1 & mask;
    }
    return null;
  }

  private static int slot(Object object, int mask) {
    int hash = System.identityHashCode(object);
    return (hash ^ hash >>> 15) & mask;
  }

  private Target next() {
    if (count == all.length) {
      all = Arrays.copyOf(all, Math.max(LEAST / 2, 2 * count));
      for (int i = count; i < all.length; i++) {
        all[i] = new Target(i + 1);
      }
    }
    return all[count++];
  }

  private void grow() {
    table = new @Nullable Target[2 * table.length];
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = slot(java.util.Objects.requireNonNull(all[i].object), mask);
      while (table[slot] != null) {
        slot = slot + 1 & mask;
      }
      table[slot] = all[i];
    }
  }
}
