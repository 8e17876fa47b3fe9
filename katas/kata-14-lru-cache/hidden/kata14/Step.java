package kata14;

/** One operation on a cache, as a value that is done to caches and told to students. */
sealed interface Step {

  /** Does it and returns its result. */
  Object on(LruCache<Key, Integer> cache);

  /** Looks up a key. */
  record Get(int key) implements Step {
    @Override
    public Object on(LruCache<Key, Integer> cache) {
      return cache.get(new Key(key));
    }

    @Override
    public String toString() {
      return "get(%d)".formatted(key);
    }
  }

  /** Stores ten times the key, or another value. */
  record Put(int key, int value) implements Step {
    Put(int key) {
      this(key, 10 * key);
    }

    @Override
    public Object on(LruCache<Key, Integer> cache) {
      cache.put(new Key(key), value);
      return "done";
    }

    @Override
    public String toString() {
      return "put(%d, %d)".formatted(key, value);
    }
  }

  /** Asks for the size. */
  record Size() implements Step {
    @Override
    public Object on(LruCache<Key, Integer> cache) {
      return cache.size();
    }

    @Override
    public String toString() {
      return "size()";
    }
  }
}
