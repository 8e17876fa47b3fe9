package org.katagrade.agent.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Writes whose order is for those who see them alone, whatever comes between hook and access. */
class SyncVarTest {

  private final SyncVar order = new SyncVar();
  private final ThreadState early = state();
  private final ThreadState late = state();
  private final ThreadState reader = state();

  private static ThreadState state() {
    ThreadState[] state = new ThreadState[1];
    Thread thread = Thread.ofPlatform().unstarted(() -> state[0] = ThreadState.current());
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    state[0].access(Site.NONE, true, false); // it has something to tell
    return state[0];
  }

  private void write(ThreadState writer) {
    writer.beginWrite(order);
    writer.endWrite(order, true, true);
  }

  private void read() {
    reader.beginRead(order);
    reader.endRead(order);
  }

  private boolean readerKnows(ThreadState writer) {
    return reader.known().at(writer.number()) > 0;
  }

  @Test
  void aWriteTakesThePlaceOfTheOneBefore() {
    write(early);
    write(late);

    read();

    assertThat(readerKnows(early)).isFalse();
    assertThat(readerKnows(late)).isTrue();
  }

  @Test
  void aReadThatMayHaveComeBeforeTheWriteKnowsBoth() {
    write(early);

    reader.beginRead(order);
    write(late);
    reader.endRead(order);

    assertThat(readerKnows(early)).isTrue();
  }

  @Test
  void aWriteThatIsUnderWayIsSeen() {
    write(early);
    late.beginWrite(order);

    read();

    assertThat(readerKnows(early)).isTrue();
    assertThat(readerKnows(late)).isTrue();
  }

  @Test
  void ofTwoWritesUnderWayNeitherTakesThePlaceOfTheOther() {
    early.beginWrite(order);
    late.beginWrite(order);
    late.endWrite(order, true, true);
    early.endWrite(order, true, true);

    read();

    assertThat(readerKnows(early)).isTrue();
    assertThat(readerKnows(late)).isTrue();
  }

  @Test
  void anUpdateUnderWayIsNotForgotten() {
    early.beginWrite(order);
    write(late);
    early.endWrite(order, true, false);

    read();

    assertThat(readerKnows(early)).isTrue();
  }

  @Test
  void anUpdateThatFailedOrdersNothing() {
    early.beginWrite(order);
    early.endWrite(order, false, false);
    write(late);

    read();

    assertThat(readerKnows(early)).isFalse();
  }

  @Test
  void aFieldThatIsAlsoWrittenByItsNameKeepsAllThatWasReleased() {
    order.keepAll();
    order.release(early);
    write(late);

    read();

    assertThat(readerKnows(early)).isTrue();
    assertThat(readerKnows(late)).isTrue();
  }
}
