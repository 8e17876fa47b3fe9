package org.katagrade.explored;

import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Exchanger}: partners that come, and those that do not. */
final class Exchangers {

  private Exchangers() {}

  @Sound("two meet and swap what they have")
  static void twoMeet(Fork fork) throws InterruptedException {
    Exchanger<String> exchanger = new Exchanger<>();
    Crew.run(
        fork,
        () -> Crew.expectEqual("tea", exchanger.exchange("milk")),
        () -> Crew.expectEqual("milk", exchanger.exchange("tea")));
  }

  @Broken(LostWakeup.class)
  static void aThirdIsLeft(Fork fork) throws InterruptedException {
    Exchanger<Integer> exchanger = new Exchanger<>();
    Task swap = () -> exchanger.exchange(1);
    Crew.run(fork, 3, swap);
  }

  @Sound("both give up after a while")
  static void bothGiveUp(Fork fork) throws InterruptedException {
    Exchanger<Integer> exchanger = new Exchanger<>();
    AtomicInteger met = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          try {
            exchanger.exchange(1, 10, TimeUnit.MILLISECONDS);
            met.incrementAndGet();
          } catch (TimeoutException e) {
            return;
          }
        });
    Crew.expect(met.get() != 1, "both meet or none does");
  }

  @Broken(LostWakeup.class)
  static void oneGivesUp(Fork fork) throws InterruptedException {
    Exchanger<Integer> exchanger = new Exchanger<>();
    Crew.run(
        fork,
        () -> exchanger.exchange(1),
        () -> {
          try {
            exchanger.exchange(1, 10, TimeUnit.MILLISECONDS);
          } catch (TimeoutException e) {
            return;
          }
        });
  }
}
