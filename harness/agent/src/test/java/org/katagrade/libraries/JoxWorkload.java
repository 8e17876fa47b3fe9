package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelClosedException;
import com.softwaremill.jox.ChannelDone;
import com.softwaremill.jox.Select;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Channels between producers and consumers: rendezvous, buffered, unlimited, selects, ends. */
final class JoxWorkload {

  private static final int PRODUCERS = 4;
  private static final int CONSUMERS = 6;
  private static final int MESSAGES = 1_500 * Team.ROUNDS;

  private JoxWorkload() {}

  /** Handed over by the channel alone. */
  private static final class Message {
    private int number;
    private String text;

    Message(int number) {
      this.number = number;
      this.text = "message " + number;
    }
  }

  static void run() throws Exception {
    through(Channel.newRendezvousChannel());
    through(Channel.newBufferedChannel(16));
    through(Channel.newUnlimitedChannel());
    selecting();
    pingPong();
  }

  private static void through(Channel<Message> channel) throws Exception {
    AtomicInteger open = new AtomicInteger(PRODUCERS);
    AtomicLong sum = new AtomicLong();
    Team.run(
        PRODUCERS,
        CONSUMERS,
        who -> {
          if (who < PRODUCERS) {
            for (int i = 0; i < MESSAGES; i++) {
              Message message = new Message(i);
              message.text += "!";
              channel.send(message);
            }
            if (open.decrementAndGet() == 0) {
              channel.done();
            }
          } else {
            while (channel.receiveOrClosed() instanceof Message message) {
              message.number++;
              check(message.text.equals("message " + (message.number - 1) + "!"), "text");
              sum.addAndGet(message.number);
            }
          }
        });
    check(channel.isClosedForReceive(), "closed");
    check(sum.get() == PRODUCERS * (MESSAGES * (MESSAGES + 1L) / 2), "sum " + sum);
  }

  private static void selecting() throws Exception {
    Channel<Message> one = Channel.newBufferedChannel(4);
    Channel<Message> other = Channel.newRendezvousChannel();
    AtomicInteger open = new AtomicInteger(PRODUCERS);
    AtomicInteger received = new AtomicInteger();
    Team.run(
        PRODUCERS,
        3,
        who -> {
          if (who < PRODUCERS) {
            for (int i = 0; i < MESSAGES; i++) {
              if (i % 3 == 0) {
                Select.select(one.sendClause(new Message(i)), other.sendClause(new Message(i)));
              } else {
                (who % 2 == 0 ? one : other).send(new Message(i));
              }
            }
            if (open.decrementAndGet() == 0) {
              one.done();
              other.done();
            }
          } else {
            try {
              while (true) {
                Object next =
                    Select.selectOrClosed(one.receiveClause(m -> m), other.receiveClause(m -> m));
                if (next instanceof ChannelDone) {
                  // Both are done: what the other one still has is received directly.
                  drain(one, received);
                  drain(other, received);
                  return;
                }
                use((Message) next, received);
              }
            } catch (ChannelClosedException e) {
              return;
            }
          }
        });
    check(received.get() == PRODUCERS * MESSAGES, "received " + received);
  }

  private static void drain(Channel<Message> channel, AtomicInteger received) throws Exception {
    while (channel.receiveOrClosed() instanceof Message message) {
      use(message, received);
    }
  }

  private static void use(Message message, AtomicInteger received) {
    check(message.text.equals("message " + message.number), "text");
    message.number = -1;
    received.incrementAndGet();
  }

  /** One object goes to and fro, written by both sides. */
  private static void pingPong() throws Exception {
    Channel<Message> there = Channel.newRendezvousChannel();
    Channel<Message> back = Channel.newRendezvousChannel();
    Team.run(
        1,
        1,
        who -> {
          if (who == 0) {
            Message message = new Message(0);
            for (int i = 0; i < MESSAGES; i++) {
              there.send(message);
              message = back.receive();
            }
            check(message.number == MESSAGES, "bounces");
          } else {
            for (int i = 0; i < MESSAGES; i++) {
              Message message = there.receive();
              message.number++;
              back.send(message);
            }
          }
        });
  }
}
