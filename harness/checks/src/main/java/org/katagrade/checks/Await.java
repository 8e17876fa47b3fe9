package org.katagrade.checks;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a sequential specification says that an operation waits.
 *
 * <p>Most operations wait until they may take effect, and then take effect at once:
 *
 * <pre>{@code
 * public int take() {
 *   Await.until(!elements.isEmpty());
 *   return elements.remove();
 * }
 * }</pre>
 *
 * <p>Some take effect and then wait for what others make of it, as when a message is handed over
 * from thread to thread. These return when that is so:
 *
 * <pre>{@code
 * public Await.Later<Void> send(int message) {
 *   Letter letter = new Letter(message);
 *   offered.add(letter);
 *   return Await.then(() -> letter.taken);
 * }
 * }</pre>
 */
public final class Await {

  private Await() {}

  /**
   * Lets the operation wait unless it may go on. Comes first: an operation that waits has changed
   * nothing.
   */
  public static void until(boolean mayGoOn) {
    if (!mayGoOn) {
      throw Waits.INSTANCE;
    }
  }

  /** What an operation returns that has taken effect and waits before it returns nothing. */
  public static Later<@Nullable Void> then(BooleanSupplier returns) {
    return new Later<>(returns, () -> null, true);
  }

  /**
   * What an operation returns that has taken effect and waits before it returns something. Once it
   * may return, it stays so, and what it returns stays the same.
   */
  public static <T extends @Nullable Object> Later<T> then(
      BooleanSupplier returns, Supplier<T> result) {
    return new Later<>(returns, result, false);
  }

  /**
   * The rest of an operation that has taken effect.
   *
   * @param <T> what it returns in the end
   */
  public static final class Later<T extends @Nullable Object> {

    private final BooleanSupplier returns;
    private final Supplier<T> result;

    private final boolean isVoid;

    private Later(BooleanSupplier returns, Supplier<T> result, boolean isVoid) {
      this.returns = returns;
      this.result = result;
      this.isVoid = isVoid;
    }

    boolean isOver() {
      return returns.getAsBoolean();
    }

    /** What it returns once it is over, in the words of a history. */
    String end() {
      return isVoid ? "void" : String.valueOf(result.get());
    }
  }

  /** Says that an operation cannot take effect yet; no failure, and so without a stack. */
  static final class Waits extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Waits INSTANCE = new Waits();

    private Waits() {
      super("waits", null, false, false);
    }
  }
}
