package kata14;

/**
 * A cache of bounded size that, when it is full, forgets the entry nobody has used for longest.
 *
 * <p>A <em>use</em> of an entry is a {@link #get} that finds it, or a {@link #put} of its key,
 * whether the key was there before or not. Asking for the size, or for a key that is not there,
 * uses nothing.
 *
 * <p>Safe for use by many threads. Every operation happens at one moment between its call and its
 * return, so that what any number of threads see can be explained by putting their operations in
 * one order; recency follows that order strictly. A cache may make its callers wait for each other.
 *
 * <p>Keys are told apart by {@code equals} and {@code hashCode}, which the cache may call as often
 * as it likes. When one of them throws at an operation's first call of it, the caller gets what it
 * threw, the cache is as it was before, and goes on serving everybody.
 *
 * <p>An implementation {@code Solution} has the public constructor {@code Solution(int capacity)},
 * which throws {@link IllegalArgumentException} when the capacity is negative. A cache of capacity
 * 0 is allowed and never holds anything.
 *
 * @param <K> the keys, never null
 * @param <V> the values, never null
 */
public interface LruCache<K, V> {

  /**
   * Returns the value of a key and makes its entry the most recently used.
   *
   * @return the value, or null if the key is not in the cache
   * @throws NullPointerException if the key is null
   */
  V get(K key);

  /**
   * Stores a value under a key and makes the entry the most recently used. A value the key had
   * before is replaced, and nothing else changes. A new key in a full cache takes the place of the
   * entry that was used least recently.
   *
   * @throws NullPointerException if the key or the value is null; the cache is unchanged then
   */
  void put(K key, V value);

  /** Returns how many entries there are: never more than the capacity, not even for a moment. */
  int size();
}
