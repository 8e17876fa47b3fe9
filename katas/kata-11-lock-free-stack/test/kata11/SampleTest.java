package kata11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of the README. */
class SampleTest {

  private static final class Task extends Node {
    private final String name;

    Task(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void lastInFirstOut() {
    Task wash = new Task("wash");
    Task dry = new Task("dry");
    LockFreeStack stack = new Solution();
    stack.push(wash);
    stack.push(dry);
    assertSame(dry, stack.peek());
    assertSame(wash, dry.next());
    assertSame(dry, stack.pop());
    assertSame(wash, stack.pop());
    assertNull(stack.pop());
    assertTrue(stack.isEmpty());
  }

  @Test
  void aNodeIsPushedAgain() {
    Task wash = new Task("wash");
    LockFreeStack stack = new Solution();
    stack.push(wash);
    stack.push(stack.pop());
    assertFalse(stack.isEmpty());
    assertSame(wash, stack.pop());
    assertNull(stack.peek());
  }

  @Test
  void threadsPassNodesRound() throws InterruptedException {
    LockFreeStack stack = new Solution();
    for (int i = 0; i < 4; i++) {
      stack.push(new Task("task " + i));
    }
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int round = 0; round < 1000; round++) {
                  Node node = stack.pop();
                  if (node != null) {
                    stack.push(node);
                  }
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node = stack.pop(); node != null && found.size() < 4; node = stack.pop()) {
      found.add(node);
    }
    assertEquals(4, found.size());
  }
}
