package org.katagrade.agent.race;

import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a thread looked up last, by object. Most threads use a few locks and collections, and few
 * use many, so it begins empty and grows as it has to forget what is asked for again.
 */
public final class Recent<V> {

  private static final int LEAST = 16;
  private static final int MOST = 1024;

  private @Nullable Entry<V>[] entries = ofSize(0);
  private int forgotten;

  @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a parameterized type can be made
  private static <V> @Nullable Entry<V>[] ofSize(int size) {
    return new Entry[size];
  }

  /** The value beside the object, which must always be the same for the same object. */
  public V get(Object object, Function<Object, V> lookUp) {
    @Nullable Entry<V>[] known = entries;
    int slot = System.identityHashCode(object) & known.length - 1;
    if (slot < known.length) {
      Entry<V> entry = known[slot];
      if (entry != null && entry.refersTo(object)) {
        return entry.value;
      }
      entry = known[slot ^ 1];
      if (entry != null && entry.refersTo(object)) {
        return entry.value;
      }
    }
    V value = lookUp.apply(object);
    put(object, value);
    return value;
  }

  private void put(Object object, V value) {
    if (entries.length == 0 || forgotten > entries.length && entries.length < MOST) {
      entries = ofSize(Math.max(LEAST, 4 * entries.length));
      forgotten = 0;
    }
    int slot = System.identityHashCode(object) & entries.length - 1;
    Entry<V> first = entries[slot];
    if (first != null) {
      if (entries[slot ^ 1] != null) {
        forgotten++;
      }
      entries[slot ^ 1] = first;
    }
    entries[slot] = new Entry<>(object, value);
  }

  private static final class Entry<V> extends WeakReference<Object> {

    final V value;

    Entry(Object object, V value) {
      super(object);
      this.value = value;
    }
  }
}
