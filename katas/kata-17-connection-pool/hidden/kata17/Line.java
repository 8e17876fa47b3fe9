package kata17;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Gate;

/** A connection that counts who holds it and how often it was closed, and dies when told to. */
final class Line implements Connection {

  private final Network network;
  private final int number;
  private final AtomicBoolean held = new AtomicBoolean();
  private final AtomicInteger closes = new AtomicInteger();
  private volatile boolean dead;
  private volatile @Nullable Gate question;

  Line(Network network, int number) {
    this.network = network;
    this.number = number;
  }

  @Override
  public boolean isAlive() {
    Gate gate = question;
    if (gate != null) {
      gate.pass();
    }
    return !dead && closes.get() == 0;
  }

  @Override
  public void close() {
    if (closes.incrementAndGet() == 1) {
      network.closed();
    }
  }

  /** From now on whoever asks whether it is alive is held until the gate is opened. */
  Gate holdQuestions() {
    Gate gate = Gate.at("the question whether a connection is alive");
    question = gate;
    return gate;
  }

  void die() {
    dead = true;
  }

  /** Uses the connection for a moment; fails if somebody else does too, or if it is not open. */
  void use() {
    if (!held.compareAndSet(false, true)) {
      throw new AssertionError("expected " + this + " to be lent to one caller, but two use it");
    }
    if (closes.get() > 0) {
      throw new AssertionError(
          "expected " + this + " to be open while it is lent, but it is closed");
    }
    Thread.yield();
    held.set(false);
  }

  int closes() {
    return closes.get();
  }

  /** With a network of lookalikes every connection equals every other. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (network.lookalikes() && other instanceof Line);
  }

  @Override
  public int hashCode() {
    return network.lookalikes() ? 1 : System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "connection " + number;
  }
}
