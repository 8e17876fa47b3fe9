package org.katagrade.races;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link LinkedTransferQueue#tryTransfer}. */
final class Transfers {

  private static final String PLACED =
      "TransferQueue: what precedes placing an object happens before what follows its removal";

  private final LinkedTransferQueue<Transfers> queue = new LinkedTransferQueue<>();
  private int value;
  private int seen;

  private Transfers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(PLACED)
  static void handedToWhoWaits(Fork fork) throws InterruptedException {
    Transfers shared = new Transfers();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              Transfers item = new Transfers();
              item.value = 5;
              while (!shared.queue.tryTransfer(item, 1, TimeUnit.SECONDS)) {
                Thread.onSpinWait();
              }
            }),
        Checked.task(() -> shared.seen = shared.queue.take().value));
    expect(5, shared.seen);
  }

  /** What comes after the placing comes after nothing of the other's. */
  @Racy
  static void changedAfterTheTransfer(Fork fork) throws InterruptedException {
    Transfers shared = new Transfers();
    Unseen written = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          Transfers item = new Transfers();
          while (!shared.queue.tryTransfer(item)) {
            Thread.onSpinWait();
          }
          item.value = 5; // race: changedAfterTheTransfer
          written.reached();
        },
        Checked.task(
            () -> {
              Transfers item = shared.queue.take();
              written.await();
              shared.seen = item.value; // race: changedAfterTheTransfer
            }));
  }
}
