package kata17;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Gate;

/** Opens connections, counts them, and does what a check tells it to. */
final class Network implements ConnectionFactory {

  private final boolean lookalikes;
  private final AtomicInteger openNow = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Gate opening;

  Network() {
    this(false);
  }

  private Network(boolean lookalikes) {
    this.lookalikes = lookalikes;
  }

  /** A network whose connections all equal each other. */
  static Network ofLookalikes() {
    return new Network(true);
  }

  @Override
  public Connection open() throws IOException {
    mostOpen.accumulateAndGet(openNow.incrementAndGet(), Math::max);
    Gate gate = opening;
    if (gate != null) {
      gate.pass();
    }
    Throwable failure = failures.poll();
    if (failure != null) {
      openNow.decrementAndGet();
    }
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {
        Line line = new Line(this, lines.size() + 1);
        lines.add(line);
        return line;
      }
    }
  }

  /** From now on whoever opens a connection is held until the gate is opened. */
  Gate holdOpening() {
    Gate gate = Gate.at("the opening of a connection");
    opening = gate;
    return gate;
  }

  /** The next connection cannot be opened. */
  void failNext(Throwable failure) {
    failures.add(failure);
  }

  void closed() {
    openNow.decrementAndGet();
  }

  boolean lookalikes() {
    return lookalikes;
  }

  /** How many connections were opened so far. */
  int opened() {
    return lines.size();
  }

  /** How many were open or being opened at once, at most. */
  int mostOpen() {
    return mostOpen.get();
  }

  List<Line> stillOpen() {
    return lines.stream().filter(line -> line.closes() == 0).toList();
  }

  List<Line> closedTwice() {
    return lines.stream().filter(line -> line.closes() > 1).toList();
  }
}
