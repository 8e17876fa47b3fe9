package org.katagrade.grader.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about methods that are not called and fields that are not public. */
final class CallRulesTest {

  @Test
  void threadStop() {
    Marked.program(
        """
        public class Solution {
          static class Worker extends Thread {
            void end() {
              stop(); // breaks thread-stop
            }
          }
          static class Service {
            void stop() {}
            void resume(int speed) {}
          }
          void wrong(Thread thread, Worker worker, List<Thread> threads) {
            thread.stop(); // breaks thread-stop
            worker.stop(); // breaks thread-stop
            threads.forEach(Thread::stop); // breaks thread-stop
          }
          void right(Service service, Thread thread) {
            service.stop();
            service.resume(3);
            thread.interrupt();
          }
        }
        """);
  }

  @Test
  void jvmExit() {
    Marked.members(
        """
        void wrong() {
          System.exit(1); // breaks jvm-exit
          Runtime.getRuntime().exit(1); // breaks jvm-exit
          Runtime.getRuntime().halt(1); // breaks jvm-exit
          java.util.function.IntConsumer end = System::exit; // breaks jvm-exit
          Runnable later = () -> {
            System.exit(2); // breaks jvm-exit
          };
        }
        void exit(int code) {}
        int right() {
          exit(1);
          return Runtime.getRuntime().availableProcessors();
        }
        """);
  }

  @Test
  void sleep() {
    Marked.members(
        """
        void wrong() throws InterruptedException {
          Thread.sleep(10); // breaks sleep
          Thread.sleep(Duration.ofMillis(1)); // breaks sleep
          TimeUnit.SECONDS.sleep(1); // breaks sleep
        }
        interface Sleeper { void sleep(Duration time) throws InterruptedException; }
        void right(Sleeper sleeper, CountDownLatch latch) throws InterruptedException {
          sleeper.sleep(Duration.ofMillis(1));
          latch.await();
        }
        """);
  }

  @Test
  void publicMutableField() {
    Marked.members(
        """
        public int count = 3; // breaks public-mutable-field
        public static volatile boolean open = true; // breaks public-mutable-field
        public final int size = 3;
        private int hidden = 3;
        protected int forHeirs = 3;
        private static class Node {
          public Node next = this;
        }
        public enum Color { RED, GREEN }
        public record Pair(int left, int right) {}
        """);
  }

  @Test
  void publicMutableFieldThatIsNeverUsed() {
    // Bytecode does not know its line.
    assertThat(
            RuleBook.check(
                Compiled.solution("package kata01; public class Solution { public int count; }"),
                List.of()))
        .extracting(breach -> breach.at().toString())
        .containsExactly("kata01.Solution.count(Solution.java)");
  }

  @Test
  void forbiddenClassCalled() {
    Marked.members(
        """
        void wrong() {
          new Semaphore(1); // breaks forbidden-class
        }
        """,
        "java.util.concurrent.Semaphore");
  }

  @Test
  void forbiddenClassReferredTo() {
    Marked.members(
        """
        java.util.function.IntFunction<Object> wrong() {
          return Semaphore::new; // breaks forbidden-class
        }
        """,
        "java.util.concurrent.Semaphore");
    Marked.members(
        """
        java.util.function.Function<ExecutorService, Object> wrong() {
          return ExecutorService::shutdownNow; // breaks forbidden-class
        }
        """,
        "java.util.concurrent.ExecutorService");
  }

  @Test
  void forbiddenClassNested() {
    Marked.members(
        """
        void wrong(Object o) {
          boolean is = o instanceof Flow.Processor; // breaks forbidden-class
        }
        """,
        "java.util.concurrent.Flow");
  }

  @Test
  void forbiddenKeyword() {
    Marked.members(
        """
        private int count;
        synchronized void wrongMethod() {
          count++; // breaks forbidden-class
        }
        void wrongBlock() {
          synchronized (this) { // breaks forbidden-class
            count++;
          }
        }
        void right() {
          count++;
        }
        """,
        "synchronized");
  }

  @Test
  void forbiddenPackage() {
    Marked.members(
        """
        private final AtomicInteger right = new AtomicInteger();
        private final Lock wrong = new ReentrantLock(); // breaks forbidden-class
        private final ReadWriteLock told = new ReentrantReadWriteLock();
        """,
        "java.util.concurrent.locks.*");
    Marked.members(
        "private final AtomicInteger right = new AtomicInteger();\n", "java.util.concurrent.*");
  }

  @Test
  void forbiddenClassExtendedOrDeclaredOnly() {
    for (String member :
        List.of(
            "static class Mine extends Semaphore { Mine() { super(1); } }",
            "private Semaphore field;",
            "private List<Semaphore> fields;",
            "Semaphore[] method() { return null; }",
            "void method(Semaphore parameter) {}",
            "Object type = Semaphore.class;")) {
      assertThat(
              RuleBook.check(
                  Compiled.solution(
                      "package kata01; import java.util.*; import java.util.concurrent.*;\n"
                          + "public class Solution { "
                          + member
                          + " }"),
                  List.of("java.util.concurrent.Semaphore")))
          .describedAs(member)
          .extracting(Breach::rule, breach -> breach.sentence(), Breach::costsPoints)
          .containsExactly(
              tuple(
                  "forbidden-class",
                  "this kata is to be solved without java.util.concurrent.Semaphore",
                  true));
    }
  }
}
