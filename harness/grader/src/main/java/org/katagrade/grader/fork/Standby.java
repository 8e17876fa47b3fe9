package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A child that is started before there is a job for it, so that its JVM comes up while something
 * else is at work. Safe for use by many threads.
 */
public final class Standby implements AutoCloseable {

  private final AtomicReference<@Nullable Child> child;

  private Standby(@Nullable Child child) {
    this.child = new AtomicReference<>(child);
  }

  /** None at all. */
  public static Standby none() {
    return new Standby(null);
  }

  /** One for {@link Series#plain}. */
  public static Standby plain(Jvm jvm) {
    return start(jvm, jvm::plain);
  }

  /** One for {@link Series#agent}. */
  public static Standby agent(Jvm jvm, String packageName, boolean races) {
    return start(jvm, temporary -> jvm.agent(temporary, packageName, races));
  }

  /** One for {@link Series#model} with the same turn. */
  public static Standby model(Jvm jvm, int turn) {
    return start(jvm, temporary -> jvm.model(temporary, turn));
  }

  private static Standby start(Jvm jvm, Function<Path, List<String>> command) {
    try {
      return new Standby(Child.prepare(jvm.sandbox(), command));
    } catch (IOException e) {
      return none(); // the next try, at work, tells of it
    }
  }

  /** The child, for the first who asks; null for others, and if it has ended by itself. */
  @Nullable Child take() {
    Child taken = child.getAndSet(null);
    if (taken != null && !taken.isAlive()) {
      taken.close();
      return null;
    }
    return taken;
  }

  /** Ends it if nobody took it. */
  @Override
  public void close() {
    Child left = child.getAndSet(null);
    if (left != null) {
      left.close();
    }
  }
}
