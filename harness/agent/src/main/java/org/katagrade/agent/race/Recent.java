package org.katagrade.agent.race;

import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a thread looked up last, by object; most loops go over a few arrays and locks. */
public final class Recent<V> {

  private static final int SIZE = 16;

  @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a parameterized type can be made
  private final @Nullable Entry<V>[] entries = new Entry[SIZE];

  /** The value beside the object, which must always be the same for the same object. */
  public V get(Object object, Function<Object, V> lookUp) {
    int slot = System.identityHashCode(object) & SIZE - 1;
    Entry<V> entry = entries[slot];
    if (entry != null && entry.refersTo(object)) {
      return entry.value;
    }
    V value = lookUp.apply(object);
    entries[slot] = new Entry<>(object, value);
    return value;
  }

  private static final class Entry<V> extends WeakReference<Object> {

    final V value;

    Entry(Object object, V value) {
      super(object);
      this.value = value;
    }
  }
}
