package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.maps.NonBlockingHashMap;
import org.jctools.maps.NonBlockingHashMapLong;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscGrowableArrayQueue;
import org.jctools.queues.MpscLinkedQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.SpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jctools.queues.SpscLinkedQueue;
import org.jctools.queues.SpscUnboundedArrayQueue;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jctools.queues.atomic.SpscLinkedAtomicQueue;

/** Queues with as many producers and consumers as each allows, and the maps. */
final class JcToolsWorkload {

  private static final int MESSAGES = 400 * Team.ROUNDS;

  private JcToolsWorkload() {}

  private static final class Message {
    private int value;

    Message(int value) {
      this.value = value;
    }
  }

  static void run() throws Exception {
    pass(new MpmcAtomicArrayQueue<>(16), 3, 3);
    pass(new MpscAtomicArrayQueue<>(16), 4, 1);
    pass(new SpscAtomicArrayQueue<>(16), 1, 1);
    pass(new SpscLinkedAtomicQueue<>(), 1, 1);
    pass(new MpmcArrayQueue<>(16), 3, 3);
    pass(new MpmcUnboundedXaddArrayQueue<>(16), 3, 3);
    pass(new MpscArrayQueue<>(16), 4, 1);
    pass(new MpscGrowableArrayQueue<>(4, 64), 4, 1);
    pass(new MpscLinkedQueue<>(), 4, 1);
    pass(new MpscUnboundedArrayQueue<>(8), 4, 1);
    pass(new SpmcArrayQueue<>(16), 1, 4);
    pass(new SpscArrayQueue<>(16), 1, 1);
    pass(new SpscLinkedQueue<>(), 1, 1);
    pass(new SpscUnboundedArrayQueue<>(8), 1, 1);
    maps();
  }

  private static void pass(Queue<Message> queue, int producers, int consumers) throws Exception {
    AtomicLong sum = new AtomicLong();
    AtomicInteger left = new AtomicInteger(MESSAGES * producers);
    Team.run(
        producers,
        consumers,
        who -> {
          if (who < producers) {
            for (int i = 0; i < MESSAGES; i++) {
              Message message = new Message(i);
              while (!queue.offer(message)) {
                Thread.yield();
              }
            }
          } else {
            while (left.get() > 0) {
              Message message = queue.poll();
              if (message == null) {
                Thread.yield();
              } else {
                sum.addAndGet(message.value);
                message.value = -1;
                left.decrementAndGet();
              }
            }
          }
        });
    check(sum.get() == producers * MESSAGES * (MESSAGES - 1L) / 2, queue.getClass() + " " + sum);
  }

  private static void maps() throws Exception {
    NonBlockingHashMap<String, Message> map = new NonBlockingHashMap<>();
    NonBlockingHashMapLong<Message> byNumber = new NonBlockingHashMapLong<>();
    Team.run(
        4,
        4,
        who -> {
          for (int i = 0; i < MESSAGES; i++) {
            String key = "key " + i;
            map.putIfAbsent(key, new Message(i));
            check(map.get(key).value == i, "a value");
            byNumber.putIfAbsent(i, new Message(i));
            check(byNumber.get(i).value == i, "a value by number");
          }
        });
    check(map.size() == MESSAGES, "size");
    check(byNumber.size() == MESSAGES, "size by number");
  }
}
