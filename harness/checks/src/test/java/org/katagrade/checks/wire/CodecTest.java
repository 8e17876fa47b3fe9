package org.katagrade.checks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Operation;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.Step;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

final class CodecTest {

  private static final Frame FRAME = new Frame("kata01.Solution", "add", null, -1);

  static List<Event> events() {
    Lock lock = new Lock("kata01.Solution", 1);
    Standstill standstill =
        new Standstill(
            List.of(
                new ThreadSnapshot(
                    "t",
                    true,
                    Thread.State.WAITING,
                    new Waiting(Waiting.How.LOCK, lock, "u"),
                    true,
                    List.of(new HeldLock(lock, FRAME)),
                    List.of(FRAME))),
            List.of("gone"),
            Long.MAX_VALUE);
    History history =
        new History(
            List.of(new Operation("a()", "1")),
            List.of(List.of(new Operation("b(2)", "void")), List.of()),
            List.of(),
            List.of(new Step(1, "reads", null)),
            List.of("because ✗"));
    Failure failure =
        new Failure("java.lang.Error", "no\nway", null, "5", "check", List.of(FRAME), null, true);
    Leak leak =
        new Leak(
            "left",
            List.of(new LeakedThread("x", false, true, List.of(), List.of(FRAME))),
            List.of("c"));
    return List.of(
        new Event.Ready(),
        new Event.Began("counts"),
        new Event.Ended("counts", new Outcome.Passed(), false, 12),
        new Event.Ended("counts", new Outcome.Failed(failure), true, 12),
        new Event.Ended("counts", new Outcome.Stuck(standstill), true, 12),
        new Event.Ended("counts", new Outcome.Left(leak), true, 12),
        new Event.Ended("counts", new Outcome.Unexplained(history), true, 12),
        new Event.Ended("counts", new Outcome.Hung("for ever", true, history), true, 12),
        new Event.Ended("counts", new Outcome.Exhausted("memory", failure), true, 12),
        new Event.Ended("counts", new Outcome.Faulty("ours"), true, 12),
        new Event.Printed("hello"),
        new Event.Dumped(standstill),
        new Event.Done());
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsWhatWasWritten(Event event) throws IOException {
    assertThat(Codec.read(reading(written(event)), Event.class)).isEqualTo(event);
  }

  @Test
  void coversEveryEvent() {
    assertThat(events().stream().map(Object::getClass).distinct())
        .hasSameSizeAs(Event.class.getPermittedSubclasses());
  }

  @Test
  void refusesWhatIsNoEvent() throws IOException {
    byte[] bytes = written(new Event.Ready());
    bytes[4] = 99;
    assertThatThrownBy(() -> Codec.read(reading(bytes), Event.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no choice");
  }

  @Test
  void refusesASizeThatCannotBe() throws IOException {
    byte[] bytes = written(new Event.Printed("hello"));
    bytes[6] = (byte) 0xff;
    assertThatThrownBy(() -> Codec.read(reading(bytes), Event.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("size");
  }

  private static byte[] written(Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Codec.write(new DataOutputStream(bytes), Event.class, event);
    return bytes.toByteArray();
  }

  private static DataInputStream reading(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
