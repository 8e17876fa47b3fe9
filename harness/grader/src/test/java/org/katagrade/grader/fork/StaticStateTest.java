package org.katagrade.grader.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.checks.wire.ClassBytes;

final class StaticStateTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        OnlyInstances.class,
        Constants.class,
        Handle.class,
        Colour.class,
        AnInterface.class,
        Asserts.class
      })
  void whatCannotChangeIsNoState(Class<?> type) throws IOException {
    assertThat(StaticState.noneIn(List.of(bytes(type)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Counts.class,
        Locks.class,
        KeepsAnArray.class,
        Planet.class,
        ConstantOfItsInterface.class
      })
  void whatCouldChangeIs(Class<?> type) throws IOException {
    assertThat(StaticState.noneIn(List.of(bytes(OnlyInstances.class), bytes(type)))).isFalse();
  }

  private static ClassBytes bytes(Class<?> type) throws IOException {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
      return new ClassBytes(type.getName(), in.readAllBytes());
    }
  }

  static final class OnlyInstances {
    int count;
    final Object lock = new Object();
  }

  static final class Constants {
    static final int MOST = 3;
    static final long STARTED = System.nanoTime();
    static final String NAME = "buffer";
    static final Duration LONG = Duration.ofHours(1);
  }

  static final class Handle {
    static final VarHandle COUNT;

    volatile int count;

    static {
      try {
        COUNT = MethodHandles.lookup().findVarHandle(Handle.class, "count", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  enum Colour {
    RED,
    GREEN
  }

  interface AnInterface {
    int DEFAULT = 7;

    void call();
  }

  static final class Asserts {
    void call(int number) {
      assert number > 0;
    }
  }

  static final class Counts {
    static int made;
  }

  static final class Locks {
    static final Object LOCK = new Object();
  }

  static final class KeepsAnArray {
    static final long[] STRIPES = new long[8];
  }

  enum Planet {
    EARTH;

    int visits;
  }

  interface ConstantOfItsInterface {
    List<TimeUnit> UNITS = List.of(TimeUnit.values());
  }
}
