package org.katagrade.agent.race;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values kept beside objects that cannot hold them, for as long as the objects live. Safe for use
 * by many threads.
 */
public final class WeakIdentityMap<K, V> {

  private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> dead = new ReferenceQueue<>();

  /** The value beside the object, or null. */
  public @Nullable V get(K key) {
    return values.get(new Asked(key));
  }

  /** The value beside the object; made if there is none. */
  public V computeIfAbsent(K key, Function<? super K, ? extends V> make) {
    V value = values.get(new Asked(key));
    if (value != null) {
      return value;
    }
    V made = make.apply(key);
    return Pinned.get(
        () -> {
          V earlier = values.putIfAbsent(new Kept<>(key, dead), made);
          forgetTheDead();
          return earlier == null ? made : earlier;
        });
  }

  /** Sets the value beside the object. */
  public void put(K key, V value) {
    Pinned.get(
        () -> {
          values.put(new Kept<>(key, dead), value);
          forgetTheDead();
          return value;
        });
  }

  /** Takes the value away. */
  public @Nullable V remove(K key) {
    boolean pinned = Pinned.begin();
    try {
      return values.remove(new Asked(key));
    } finally {
      Pinned.end(pinned);
    }
  }

  private void forgetTheDead() {
    for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
      values.remove(gone);
    }
  }

  private static final class Kept<K> extends WeakReference<K> {

    private final int hash;

    Kept(K key, ReferenceQueue<K> dead) {
      super(key, dead);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || other instanceof Kept<?> kept && get() == kept.get() && get() != null;
    }
  }

  private record Asked(Object key) {

    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Kept<?> kept && kept.get() == key;
    }
  }
}
