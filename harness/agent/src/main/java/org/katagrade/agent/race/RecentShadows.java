package org.katagrade.agent.race;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** The objects whose shadows a thread looked up last; most loops go over a few arrays. */
final class RecentShadows {

  private static final int SIZE = 16;

  private final Entry[] entries = new Entry[SIZE];

  Object @Nullable [] find(Object object) {
    Entry entry = entries[System.identityHashCode(object) & SIZE - 1];
    return entry != null && entry.refersTo(object) ? entry.cells : null;
  }

  void put(Object object, Object[] cells) {
    entries[System.identityHashCode(object) & SIZE - 1] = new Entry(object, cells);
  }

  private static final class Entry extends WeakReference<Object> {

    final Object[] cells;

    Entry(Object object, Object[] cells) {
      super(object);
      this.cells = cells;
    }
  }
}
