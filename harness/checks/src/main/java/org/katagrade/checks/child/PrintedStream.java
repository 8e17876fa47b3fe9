package org.katagrade.checks.child;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.katagrade.checks.wire.Event;

/** Takes what a submission prints, up to a bound, and passes it on as its own words. */
final class PrintedStream extends OutputStream {

  private static final int MOST_BYTES = 64 << 10;
  private static final int CHUNK = 4 << 10;

  private final Channel channel;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
  private int total;

  PrintedStream(Channel channel) {
    this.channel = channel;
  }

  /**
   * What a submission prints to. It flushes this one by itself, which the harness does too: whoever
   * prints can lock a {@link PrintStream} for good.
   */
  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (total < MOST_BYTES) {
      total++;
      chunk.write(b);
      if (chunk.size() >= CHUNK) {
        flush();
      }
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, MOST_BYTES - total);
    total += taken;
    chunk.write(bytes, offset, taken);
    if (chunk.size() >= CHUNK) {
      flush();
    }
  }

  @Override
  public synchronized void flush() {
    if (chunk.size() > 0) {
      channel.send(new Event.Printed(chunk.toString(StandardCharsets.UTF_8)));
      chunk.reset();
    }
  }
}
