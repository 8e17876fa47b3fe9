package org.katagrade.checks.child;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.katagrade.checks.wire.Codec;
import org.katagrade.checks.wire.Event;

/**
 * The way back to the grader: events, each after the job's token. Safe for use by many threads.
 *
 * <p>When the grader is gone there is nobody left to tell, and the JVM ends.
 */
final class Channel {

  private final String token;
  private final DataOutputStream out;

  Channel(String token, OutputStream out) {
    this.token = token;
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  synchronized void send(Event event) {
    try {
      Codec.write(out, String.class, token);
      Codec.write(out, Event.class, event);
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
