package org.katagrade.grader.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The book as a whole. */
final class RuleBookTest {

  @Test
  void holdsAllRulesUnderDifferentIds() {
    assertThat(RuleBook.ids())
        .hasSize(15)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z-]+"));
  }

  @Test
  void costsPointsWhereItIsAlwaysWrong() {
    List<Breach> breaches =
        RuleBook.check(
            Compiled.solution(
                """
                package kata01;
                import java.util.concurrent.*;
                import java.util.concurrent.locks.*;
                public class Solution {
                  public Object shared = new Object();
                  private Executor pool = Executors.newCachedThreadPool();
                  void broken(Thread thread, String name, Lock lock, Condition condition) {
                    thread.stop();
                    System.exit(1);
                    synchronized (name) { condition.notify(); }
                    synchronized (getClass()) { shared = name; }
                    synchronized (new Object()) { shared = name; }
                    synchronized (lock) { shared = name; }
                    synchronized (shared) { lock.tryLock(); }
                    lock.lock();
                    try { wait(); } catch (InterruptedException e) { }
                    lock.unlock();
                  }
                  void sleep() throws Exception { Thread.sleep(1); }
                }
                """),
            List.of());
    assertThat(breaches).extracting(Breach::rule).containsOnlyOnceElementsOf(RuleBook.ids());
    assertThat(breaches)
        .filteredOn(Breach::costsPoints)
        .extracting(Breach::rule)
        .containsExactlyInAnyOrder(
            "thread-stop",
            "jvm-exit",
            "lock-on-shared-value",
            "lock-on-runtime-class",
            "lock-on-new-object",
            "monitor-call-on-lock");
  }

  @Test
  void tellsBreachesByFileAndLine() {
    assertThat(
            RuleBook.check(
                Compiled.classes(
                    Map.of(
                        "kata01/Solution.java",
                        """
                        package kata01;
                        public class Solution {
                          void a() throws Exception { Thread.sleep(1); }
                          void b() { System.exit(1); }
                        }
                        """,
                        "kata01/Account.java",
                        """
                        package kata01;
                        class Account {
                          Runnable end = () -> System.exit(1);
                        }
                        """)),
                List.of()))
        .extracting(breach -> breach.at() + " " + breach.rule() + " " + breach.costsPoints())
        .containsExactly(
            "kata01.Account.<init>(Account.java:3) jvm-exit true",
            "kata01.Solution.a(Solution.java:3) sleep false",
            "kata01.Solution.b(Solution.java:4) jvm-exit true");
  }
}
