package org.katagrade.grader.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.rules.Compiled;

/** Programs as text; lines with {@code // refused: x} are refused because of x, and no others. */
final class SurfaceTest {

  private static final Pattern EXPECTED = Pattern.compile("// refused: (.+)$");

  @Test
  void whatLeadsToClassesThatGrade() {
    members(
        """
        Object a() throws Exception {
          return Class.forName("org.katagrade.checks.Effort"); // refused: java.lang.Class.forName(String)
        }
        Object b() {
          return getClass().getClassLoader(); // refused: java.lang.Class.getClassLoader()
        }
        Object c() {
          return Thread.currentThread().getContextClassLoader(); // refused: java.lang.Thread.getContextClassLoader()
        }
        Object d() {
          return ClassLoader.getSystemClassLoader(); // refused: java.lang.ClassLoader.getSystemClassLoader()
        }
        Object e() {
          return ServiceLoader.load(Runnable.class); // refused: java.util.ServiceLoader.load(Class)
        }
        Object f() {
          return getClass().getModule(); // refused: java.lang.Class.getModule()
        }
        Object g() {
          return StackWalker.getInstance(); // refused: java.lang.StackWalker.getInstance()
        }
        Object h() {
          return Solution.class.getResourceAsStream("/"); // refused: java.lang.Class.getResourceAsStream(String)
        }
        """);
  }

  @Test
  void whatReachesPastPrivate() {
    members(
        """
        void a(Object o) throws Exception {
          var field = o.getClass().getDeclaredField("x"); // refused: java.lang.Class.getDeclaredField(String)
          field.setAccessible(true); // refused: java.lang.reflect.Field.setAccessible(boolean)
        }
        Object b() throws Exception {
          return MethodHandles.lookup().findVirtual(String.class, "length", null); // refused: java.lang.invoke.MethodHandles.Lookup.findVirtual(Class, String, MethodType)
        }
        Object c(Object o) throws Exception {
          return MethodHandles.privateLookupIn(o.getClass(), MethodHandles.lookup()); // refused: java.lang.invoke.MethodHandles.privateLookupIn(Class, Lookup)
        }
        Object d(VarHandle handle) {
          return handle.toMethodHandle(VarHandle.AccessMode.GET); // refused: java.lang.invoke.VarHandle.toMethodHandle(AccessMode)
        }
        Object e(sun.misc.Unsafe unsafe) { // no code names it here
          return unsafe.getObject(this, 0L); // refused: sun.misc.Unsafe.getObject(Object, long)
        }
        Object f() throws Exception {
          return new java.io.ObjectInputStream(null); // refused: new java.io.ObjectInputStream(InputStream)
        }
        Object g() {
          return java.lang.foreign.Arena.global(); // refused: java.lang.foreign.Arena.global()
        }
        """);
  }

  @Test
  void whatReachesTheMachine() {
    members(
        """
        Object a() throws Exception {
          return new java.io.FileInputStream("/etc/passwd"); // refused: new java.io.FileInputStream(String)
        }
        Object b() throws Exception {
          return java.nio.file.Files.readString(java.nio.file.Path.of("/etc/passwd")); // refused: java.nio.file.Path.of(String, String[])
        }
        Object c() {
          return System.getenv("HOME"); // refused: java.lang.System.getenv(String)
        }
        Object d() throws Exception {
          return Runtime.getRuntime().exec(new String[] {"ls"}); // refused: java.lang.Runtime.exec(String[])
        }
        Object e() throws Exception {
          return new java.net.Socket("localhost", 1); // refused: new java.net.Socket(String, int)
        }
        Object f() throws Exception {
          return new Formatter("/tmp/x"); // refused: new java.util.Formatter(String)
        }
        Object g() throws Exception {
          return new java.io.PrintWriter("/tmp/x"); // refused: new java.io.PrintWriter(String)
        }
        Object h() {
          return new Scanner(System.in); // refused: java.lang.System.in
        }
        void i() {
          System.loadLibrary("x"); // refused: java.lang.System.loadLibrary(String)
        }
        Object j() {
          return Integer.getInteger("x"); // refused: java.lang.Integer.getInteger(String)
        }
        """,
        "java.nio.file.Files.readString(Path)",
        "new java.util.Scanner(InputStream)");
  }

  @Test
  void whatIsSharedWithOthers() {
    members(
        """
        void a() {
          System.setOut(null); // refused: java.lang.System.setOut(PrintStream)
        }
        Object b() {
          return Thread.getAllStackTraces(); // refused: java.lang.Thread.getAllStackTraces()
        }
        Object c() {
          return Thread.currentThread().getThreadGroup(); // refused: java.lang.Thread.getThreadGroup()
        }
        void d() {
          Runtime.getRuntime().addShutdownHook(null); // refused: java.lang.Runtime.addShutdownHook(Thread)
        }
        void e() {
          Locale.setDefault(Locale.ROOT); // refused: java.util.Locale.setDefault(Locale)
        }
        void f() {
          Thread.setDefaultUncaughtExceptionHandler(null); // refused: java.lang.Thread.setDefaultUncaughtExceptionHandler(UncaughtExceptionHandler)
        }
        Object g(Throwable t) {
          return t.getStackTrace(); // refused: java.lang.Throwable.getStackTrace()
        }
        @Override
        protected void finalize() {
          System.out.println(); // refused: a method kata01.Solution.finalize()
        }
        native void h(); // told without a line, as it has no code
        """,
        "the native method h");
  }

  @Test
  void membersAreFoundByWayOfSubclassesInterfacesAndReferences() {
    program(
        """
        package kata01;
        import java.util.function.Supplier;
        public class Solution extends Thread {
          Object inherited() {
            return getContextClassLoader(); // refused: java.lang.Thread.getContextClassLoader()
          }
          Object above() {
            return super.getContextClassLoader(); // refused: java.lang.Thread.getContextClassLoader()
          }
          Supplier<Object> referred() {
            return this::getContextClassLoader; // refused: java.lang.Thread.getContextClassLoader()
          }
          Supplier<Object> inLambda(Thread other) {
            return () -> other.getContextClassLoader(); // refused: java.lang.Thread.getContextClassLoader()
          }
          Object ofClass() throws Exception {
            Class<?> type = Solution.class;
            return type.getDeclaredConstructor(); // refused: java.lang.Class.getDeclaredConstructor(Class[])
          }
        }
        """);
  }

  @Test
  void typesByThemselves() {
    program(
        """
        package kata01;
        public class Solution {
          Object file; // a field of a type is told once, where it is first used
          boolean is(Object o) {
            return o instanceof java.io.File; // refused: java.io.File
          }
          Object literal() {
            return java.nio.file.Path.class; // refused: java.nio.file.Path
          }
          Object array() {
            return new ProcessBuilder[1]; // refused: java.lang.ProcessBuilder
          }
          Object arrays() {
            return new ClassLoader[1][1]; // refused: java.lang.ClassLoader
          }
          void caught(Runnable r) {
            try {
              r.run();
            } catch (VerifyError e) {
              r.run();
            }
          }
        }
        class Mine extends java.util.concurrent.atomic.AtomicLong {}
        """,
        "java.lang.VerifyError");
  }

  @Test
  void aClassOfTheJdkThatMayNotBeExtended() {
    assertThat(refusals("public class Solution extends ClassLoader {}"))
        .containsExactly(
            "new java.lang.ClassLoader()" /* which the compiler calls in the constructor */);
    assertThat(refusals("public interface Solution extends java.nio.file.Path {}"))
        .containsExactly("java.nio.file.Path");
  }

  @Test
  void aMethodLinksOnlyWhereTheCompilerPutsIt() {
    assertThat(
            refusals(
                """
                import java.lang.invoke.*;
                public class Solution {
                  Object a() throws Throwable {
                    return LambdaMetafactory.metafactory(MethodHandles.lookup(), "run", null, null, null, null);
                  }
                }
                """))
        .contains(
            "java.lang.invoke.LambdaMetafactory.metafactory(Lookup, String, MethodType, MethodType,"
                + " MethodHandle, MethodType)");
  }

  @Test
  void aSentenceSaysWhy() {
    assertThat(
            Surface.look(
                    Compiled.solution(
                        "package kata01; public class Solution { Object a = System.getenv(); }"),
                    List.of(),
                    List.of(),
                    List.of())
                .refusals())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.sentence())
                    .isEqualTo(
                        "a submission may not use java.lang.System.getenv(): the environment is the"
                            + " machine's, not the submission's"));
  }

  @Test
  void aKataMayAllowMore() {
    String program = "package kata01; public class Solution { Object a = System.getenv(); }";
    assertThat(
            Surface.look(
                    Compiled.solution(program),
                    List.of(),
                    List.of(),
                    List.of("java.lang.System#getenv"))
                .refusals())
        .isEmpty();
  }

  @Test
  void tellsWhatIsNamed() {
    Surface.Finding finding =
        Surface.look(
            Compiled.solution(
                """
                package kata01;
                public class Solution extends Thread {
                  Runnable last;
                  void all(java.util.concurrent.Executor executor) {
                    executor.execute(() -> new Other().run());
                  }
                }
                class Other {
                  void run() {}
                }
                """),
            List.of(),
            List.of(),
            List.of());
    assertThat(finding.refusals()).isEmpty();
    assertThat(finding.named())
        .contains("java.lang.Thread", "java.lang.Runnable", "java.util.concurrent.Executor")
        .noneMatch(name -> name.startsWith("kata01"));
  }

  /** What comes close to what is refused, and what correct concurrent programs use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        import java.lang.invoke.*;
        public class Solution {
          private volatile int state;
          private static final VarHandle STATE;
          private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
          static {
            try {
              STATE = MethodHandles.lookup().findVarHandle(Solution.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
              throw new ExceptionInInitializerError(e);
            }
          }
          boolean open() {
            VarHandle.acquireFence();
            long[] a = new long[2];
            ELEMENT.setRelease(a, 1, 2L);
            return STATE.compareAndSet(this, 0, 1) && (int) STATE.getAcquire(this) == 1;
          }
        }
        """,
        """
        import java.util.*;
        public class Solution {
          sealed interface Shape permits Circle, Square {}
          record Circle(double radius) implements Shape {}
          record Square(double side) implements Shape {}
          enum Color { RED { @Override String shown() { return "r"; } }, BLUE; String shown() { return name(); } }
          String switched(Object o) {
            return switch (o) {
              case Circle(double r) when r > 1 -> "big" + r;
              case Circle c -> c.toString();
              case Square s -> "square " + s.side() + s.hashCode() + s.equals(o);
              case Color.RED -> "red";
              case Color c -> c.shown();
              case String s -> switch (s) { case "a" -> "b"; default -> s; };
              default -> String.format("%s %d", o, 1);
            };
          }
          int switched(Color c) {
            return switch (c) { case RED -> 1; case BLUE -> 2; };
          }
          Object all() {
            assert Color.values().length == 2 : "two";
            return EnumSet.allOf(Color.class);
          }
        }
        """,
        """
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.stream.*;
        public class Solution {
          Object work() throws Exception {
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
              List<Future<Integer>> futures = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                int n = i;
                futures.add(pool.submit(() -> n * n));
              }
              int sum = 0;
              for (Future<Integer> future : futures) {
                sum += future.get(1, TimeUnit.SECONDS);
              }
              return CompletableFuture.supplyAsync(() -> 1, pool).thenCombine(
                  CompletableFuture.completedFuture(sum), Integer::sum).orTimeout(1, TimeUnit.SECONDS).join();
            }
          }
          Map<Boolean, List<Integer>> streams() {
            return IntStream.range(0, 9).parallel().boxed().collect(Collectors.partitioningBy(i -> i % 2 == 0));
          }
        }
        """,
        """
        import java.util.concurrent.*;
        import java.util.concurrent.locks.*;
        public class Solution {
          private static final ScopedValue<String> WHO = ScopedValue.newInstance();
          private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> 0);
          void threads() throws InterruptedException {
            Thread t = Thread.ofVirtual().name("x").start(() -> ScopedValue.where(WHO, "me").run(() -> WHO.get()));
            t.join();
            Thread daemon = new Thread(() -> LockSupport.parkNanos(1), "worker");
            daemon.setDaemon(true);
            daemon.setUncaughtExceptionHandler((thread, e) -> e.printStackTrace());
            daemon.start();
            daemon.interrupt();
            if (Thread.currentThread().isInterrupted()) Thread.sleep(java.time.Duration.ofMillis(1));
            synchronized (this) { wait(1); notifyAll(); }
            System.out.println(Thread.currentThread().getName() + System.nanoTime());
          }
        }
        """,
        """
        public class Solution {
          static class Runtime { static Runtime getRuntime() { return new Runtime(); } void exec(String s) {} }
          static class File { File(String name) {} }
          static class Unsafe { Object getObject(Object o, long n) { return o; } }
          void a() throws CloneNotSupportedException {
            Runtime.getRuntime().exec("ls");
            new File("x");
            new Unsafe().getObject(this, 0);
            int[] copy = new int[1].clone();
            Object same = new Object() { @Override public String toString() { return "x" + copy.length; } };
            if (same.getClass() == getClass()) throw new RuntimeException("Runtime");
          }
          @Override public boolean equals(Object o) { return o instanceof Solution; }
          @Override public int hashCode() { return 1; }
        }
        """
      })
  void programsThatKeepToIt(String program) {
    assertThat(refusals(program)).isEmpty();
  }

  private static void members(String members, String... furtherOn) {
    program(
        "package kata01;\nimport java.lang.invoke.*;\nimport java.util.*;\n"
            + "public class Solution {\n"
            + members
            + "}\n",
        furtherOn);
  }

  /** The refusals are those of the marked lines, and further ones wherever they are. */
  private static void program(String program, String... furtherOn) {
    List<String> expected = new ArrayList<>(List.of(furtherOn));
    List<String> lines = program.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher marked = EXPECTED.matcher(lines.get(i));
      if (marked.find()) {
        expected.add((i + 1) + " " + marked.group(1));
      }
    }
    List<String> found = new ArrayList<>();
    for (Refusal refusal : of(program)) {
      String what = what(refusal);
      found.add(expected.contains(what) ? what : refusal.at().line() + " " + what);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> refusals(String program) {
    return of("package kata01;\n" + program).stream().map(SurfaceTest::what).toList();
  }

  private static List<Refusal> of(String program) {
    return Surface.look(
            Compiled.classes(Map.of("kata01/Solution.java", program)),
            List.of(),
            List.of(),
            List.of())
        .refusals();
  }

  private static String what(Refusal refusal) {
    return refusal
        .sentence()
        .substring("a submission may not use ".length())
        .replaceAll(": .*", "");
  }
}
