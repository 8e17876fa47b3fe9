package kata14;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The examples of the README. */
class SampleTest {

  @Test
  void forgetsWhatWasUsedLeastRecently() {
    LruCache<String, Integer> cache = new Solution<>(2);
    cache.put("a", 1);
    cache.put("b", 2);
    assertEquals(1, cache.get("a"));
    cache.put("c", 3);
    assertNull(cache.get("b"));
    assertEquals(1, cache.get("a"));
    assertEquals(3, cache.get("c"));
    assertEquals(2, cache.size());
  }

  @Test
  void replacingAValueIsAUse() {
    LruCache<String, Integer> cache = new Solution<>(2);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("a", 10);
    cache.put("c", 3);
    assertEquals(10, cache.get("a"));
    assertNull(cache.get("b"));
  }

  @Test
  void mayHaveNoRoomAtAll() {
    LruCache<String, Integer> cache = new Solution<>(0);
    cache.put("a", 1);
    assertNull(cache.get("a"));
    assertEquals(0, cache.size());
    assertThrows(IllegalArgumentException.class, () -> new Solution<String, Integer>(-1));
  }

  @Test
  void entriesOfAllThreadsShareTheRoom() throws InterruptedException {
    LruCache<Integer, Integer> cache = new Solution<>(10);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      int first = 100 * i;
      threads[i] =
          new Thread(
              () -> {
                for (int key = first; key < first + 100; key++) {
                  cache.put(key, key);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(10, cache.size());
  }
}
