package org.katagrade.agent.order;

import java.util.Comparator;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/**
 * Steps of streams that call methods of the elements, which are not given as functions: {@code
 * Stream.distinct} goes "according to Object.equals(Object)", {@code Stream.sorted} "according to
 * natural order". Both are stateful, so they compare what the steps before have made.
 */
public final class ElementSteps {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** What {@code java.util.stream.StreamOpFlag} has for a stream without equal elements. */
  private static final int DISTINCT = 1;

  private static final int DISTINCT_OR_NOT = 3;

  /**
   * An element, compared within a step.
   *
   * @param value the element itself
   */
  private record Element(@Nullable Object value, Streams.Step step) {

    @Override
    public boolean equals(@Nullable Object other) {
      if (!(other instanceof Element element)) {
        return false;
      }
      CarriedFunction.begin(step, value);
      try {
        return Objects.equals(value, element.value);
      } finally {
        CarriedFunction.end(step, value, null);
      }
    }

    @Override
    public int hashCode() {
      CarriedFunction.begin(step, value);
      try {
        return Objects.hashCode(value);
      } finally {
        CarriedFunction.end(step, value, null);
      }
    }
  }

  private ElementSteps() {}

  public static Stream<Object> distinct(Stream<Object> stream) {
    ThreadState thread = ThreadState.current();
    boolean compares = Streams.isShared(stream) && !isDistinct(stream);
    Streams.before(stream, Streams.GATHERS, thread);
    Stream<Object> result = compares ? distinctElements(stream) : stream.distinct();
    Streams.after(result, stream, Streams.GATHERS, thread);
    return result;
  }

  private static Stream<Object> distinctElements(Stream<Object> stream) {
    Streams.Step step = new Streams.Step(Streams.Pipeline.of(stream), false);
    return stream.map(value -> new Element(value, step)).distinct().map(Element::value);
  }

  /** If so it compares nothing, also if elements of an identity map are equal. */
  private static boolean isDistinct(Stream<Object> stream) {
    return Flags.OFFSET >= 0
        && Flags.TYPE != null
        && Flags.TYPE.isInstance(stream)
        && (UNSAFE.getInt(stream, Flags.OFFSET) & DISTINCT_OR_NOT) == DISTINCT;
  }

  /** Where a stream of the JDK has its flags. */
  private static final class Flags {

    static final @Nullable Class<?> TYPE = type();
    static final long OFFSET = TYPE == null ? -1 : offset(TYPE);

    private static @Nullable Class<?> type() {
      try {
        return Class.forName("java.util.stream.AbstractPipeline");
      } catch (ClassNotFoundException e) {
        return null;
      }
    }

    private static long offset(Class<?> type) {
      try {
        return UNSAFE.objectFieldOffset(type, "combinedFlags");
      } catch (InternalError e) {
        return -1;
      }
    }
  }

  public static Stream<Object> sorted(Stream<Object> stream) {
    if (!Streams.isShared(stream)) {
      return stream.sorted();
    }
    ThreadState thread = ThreadState.current();
    Streams.before(stream, Streams.GATHERS, thread);
    Stream<Object> result = stream.sorted(Streams.carried(natural(), stream));
    Streams.after(result, stream, Streams.GATHERS, thread);
    return result;
  }

  @SuppressWarnings("unchecked") // as the stream itself does
  private static Comparator<Object> natural() {
    return (one, other) -> ((Comparable<Object>) one).compareTo(other);
  }

  // Stream.concat: "Creates a lazily concatenated stream whose elements are all the elements of the
  // first stream followed by all the elements of the second stream. … parallel if either of the
  // input streams is parallel."

  @Instead(of = Stream.class)
  public static Stream<Object> concat(Stream<Object> one, Stream<Object> other) {
    Stream<Object> result = Stream.concat(one, other);
    Streams.joins(result, one, other);
    return result;
  }

  @Instead(of = IntStream.class)
  public static IntStream concat(IntStream one, IntStream other) {
    IntStream result = IntStream.concat(one, other);
    Streams.joins(result, one, other);
    return result;
  }

  @Instead(of = LongStream.class)
  public static LongStream concat(LongStream one, LongStream other) {
    LongStream result = LongStream.concat(one, other);
    Streams.joins(result, one, other);
    return result;
  }

  @Instead(of = DoubleStream.class)
  public static DoubleStream concat(DoubleStream one, DoubleStream other) {
    DoubleStream result = DoubleStream.concat(one, other);
    Streams.joins(result, one, other);
    return result;
  }
}
