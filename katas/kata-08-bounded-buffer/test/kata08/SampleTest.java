package kata08;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the README. Passing them is a beginning; the grade asks more. */
class SampleTest {

  @Test
  void elementsLeaveInTheOrderTheyCame() throws Exception {
    BoundedBuffer<String> buffer = new Solution<>(2);
    buffer.put("first");
    buffer.put("second");
    assertEquals(2, buffer.size());
    assertEquals("first", buffer.take());
    assertEquals("second", buffer.take());
  }

  @Test
  void aFullBufferRefusesAndAnEmptyOneHasNothing() throws Exception {
    BoundedBuffer<String> buffer = new Solution<>(1);
    assertNull(buffer.tryTake());
    assertNull(buffer.poll(Duration.ofMillis(10)));
    assertTrue(buffer.tryPut("only"));
    assertFalse(buffer.tryPut("too many"));
    assertFalse(buffer.offer("too many", Duration.ofMillis(10)));
    assertEquals("only", buffer.tryTake());
  }

  @Test
  void aBufferHasAtLeastOnePlace() {
    assertThrows(IllegalArgumentException.class, () -> new Solution<String>(0));
  }

  @Test
  void aProducerAndAConsumerMeetAtASmallBuffer() throws Exception {
    BoundedBuffer<Integer> buffer = new Solution<>(2);
    List<Integer> expected = new ArrayList<>();
    List<Integer> received = new ArrayList<>();
    Thread producer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      buffer.put(i);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    for (int i = 0; i < 100; i++) {
      expected.add(i);
      received.add(buffer.poll(Duration.ofSeconds(30)));
    }
    producer.join();
    assertEquals(expected, received);
  }
}
