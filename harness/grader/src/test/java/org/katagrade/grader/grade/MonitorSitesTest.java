package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.checks.standstill.Bystanders;
import org.katagrade.checks.standstill.ThreadDump;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.rules.Compiled;

/** Real threads, each stopped on its way through a program, which wants what the test holds. */
@Timeout(60)
final class MonitorSitesTest {

  /** The program up to where the thread begins. */
  private static final String BEFORE =
      """
      package kata01;
      public class Solution implements Runnable {
        static class A {}
        static class B {}
        final A a = new A();
        final B b = new B();
        public Solution wanted;
        void work() {}
        void fail() { throw new IllegalStateException(); }
        @Override public void run() {
      """;

  private static final ThreadSnapshot NOT_THERE =
      new ThreadSnapshot("", false, Thread.State.TERMINATED, null, false, List.of(), List.of());

  @Test
  void blocksInABlock() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  synchronized (b) {
                    work();
                    synchronized (wanted) {
                      work();
                    }
                  }
                }
                """))
        .isEqualTo("B 2, A 1, at 4");
  }

  @Test
  void aBlockOfAVirtualThread() throws Exception {
    assertThat(
            told(
                Thread.ofVirtual(),
                """
                synchronized (a) {
                  synchronized (b) {
                    synchronized (wanted) {
                      work();
                    }
                  }
                }
                """))
        .isEqualTo("B 2, A 1, at 3");
  }

  @Test
  void aBlockThatWasLeftIsNotHeld() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  work();
                }
                synchronized (b) {
                  synchronized (a) {
                    work();
                  }
                  synchronized (wanted) {
                    work();
                  }
                }
                """))
        .isEqualTo("B 4, at 8");
  }

  @Test
  void aLoopIsEnteredAtItsBlock() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  synchronized (
                      wanted) {
                    for (int i = 0; i < 2; i++) {
                      work();
                    }
                  }
                }
                """))
        .isEqualTo("A 1, at 2");
  }

  @Test
  void aBlockOfACallerAndASynchronizedMethod() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  inner();
                }
                }

                private synchronized void inner() {
                  work();
                  synchronized (wanted) {
                    work();
                  }
                """))
        .isEqualTo("Solution 7, A 1, at 8");
  }

  @Test
  void aSynchronizedMethodIsEnteredAtItsFirstLine() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  wanted.enter();
                }
                }

                synchronized void enter() {
                  work();
                """))
        .isEqualTo("A 1, at 7");
  }

  @Test
  void aBlockInALambda() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  Runnable inner =
                      () -> {
                        synchronized (b) {
                          synchronized (wanted) {
                            work();
                          }
                        }
                      };
                  inner.run();
                }
                """))
        .isEqualTo("B 4, A 1, at 5");
  }

  @Test
  void whatIsCaughtHasLeftWhatWasInside() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  try {
                    synchronized (b) {
                      fail();
                    }
                  } catch (IllegalStateException e) {
                    synchronized (wanted) {
                      work();
                    }
                  } finally {
                    work();
                  }
                }
                """))
        .isEqualTo("A 1, at 7");
  }

  @Test
  void blocksOnOneLineAreTakenThere() throws Exception {
    assertThat(
            told("synchronized (a) { synchronized (b) { synchronized (wanted) { work(); } } }\n"))
        .isEqualTo("B 1, A 1, at 1");
  }

  @Test
  void eitherOfTwoBlocksIsADoubt() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  work(); } synchronized (b) { enter();
                }
                }

                void enter() {
                  synchronized (wanted) {
                    work();
                  }
                """))
        .isEqualTo("B ?, at 7");
  }

  @Test
  void recursionTakesOneInEachRound() throws Exception {
    assertThat(
            told(
                """
                down(2);
                }

                void down(int depth) {
                  synchronized (depth == 0 ? wanted : depth == 1 ? b : a) {
                    if (depth > 0) {
                      down(depth - 1);
                    }
                  }
                """))
        .isEqualTo("B 5, A 5, at 5");
  }

  @Test
  void whoWaitsHasGivenTheMonitorBack() throws Exception {
    assertThat(
            told(
                """
                synchronized (a) {
                  synchronized (b) {
                    try {
                      b.wait();
                    } catch (InterruptedException e) {
                      work();
                    }
                  }
                }
                """))
        .isEqualTo("A 1, at 4");
  }

  @Test
  void whatTheJdkTookIsTakenWhereItIsCalled() throws Exception {
    assertThat(
            told(
                """
                var map = java.util.Collections.synchronizedMap(new java.util.HashMap<String, A>());
                map.computeIfAbsent(
                    "",
                    key -> {
                      synchronized (wanted) {
                        return a;
                      }
                    });
                """))
        .isEqualTo("SynchronizedMap 2, at 5");
  }

  private static String told(String body) throws Exception {
    return told(Thread.ofPlatform(), body);
  }

  /** What the thread holds and since which line, innermost first, and the line where it waits. */
  private static String told(Thread.Builder builder, String body) throws Exception {
    List<ClassBytes> theirs = Compiled.solution(BEFORE + body + "}}\n");
    Class<?> type = new Loader(theirs).loadClass("kata01.Solution");
    Runnable solution = (Runnable) type.getDeclaredConstructor().newInstance();
    Object wanted = type.getDeclaredConstructor().newInstance();
    type.getField("wanted").set(solution, wanted);
    Thread thread = builder.name("theirs").unstarted(solution);
    Bystanders.takeNote();
    ThreadSnapshot stood;
    synchronized (wanted) {
      thread.start();
      do {
        stood = snapshot(new MonitorSites(theirs).in(ThreadDump.take(Thread.currentThread(), 0)));
      } while (!standsStill(stood) && !Thread.currentThread().isInterrupted());
    }
    thread.interrupt();
    thread.join();
    return told(stood);
  }

  private static ThreadSnapshot snapshot(Standstill standstill) {
    return standstill.threads().stream()
        .filter(thread -> thread.name().equals("theirs"))
        .findFirst()
        .orElse(NOT_THERE);
  }

  /** Where it loads a class it may wait as well. */
  private static boolean standsStill(ThreadSnapshot thread) {
    return thread.waiting() != null
        && !thread.frames().isEmpty()
        && (thread.frames().getFirst().type().startsWith("kata01.")
            || thread.waiting().how() == Waiting.How.NOTIFICATION);
  }

  private static String told(ThreadSnapshot thread) {
    List<String> told = new ArrayList<>();
    for (HeldLock held : thread.holds()) {
      String type = held.lock().type();
      told.add(type.replaceFirst(".*[.$]", "") + " " + line(held.takenAt()));
    }
    thread.frames().stream()
        .filter(frame -> frame.type().startsWith("kata01."))
        .findFirst()
        .ifPresent(frame -> told.add("at " + line(frame)));
    return String.join(", ", told);
  }

  private static String line(@Nullable Frame frame) {
    int line = frame == null ? Frame.NO_LINE : frame.line();
    return line < 0 ? "?" : String.valueOf(line - BEFORE.lines().count());
  }

  private static final class Loader extends ClassLoader {

    private final List<ClassBytes> classes;

    Loader(List<ClassBytes> classes) {
      super(MonitorSitesTest.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      for (ClassBytes type : classes) {
        if (type.name().equals(name)) {
          return defineClass(name, type.bytes(), 0, type.bytes().length);
        }
      }
      throw new ClassNotFoundException(name);
    }
  }
}
