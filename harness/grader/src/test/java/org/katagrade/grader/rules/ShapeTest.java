package org.katagrade.grader.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.wire.ClassBytes;

/** The shape that hidden checks expect, and submissions that have it or not. */
final class ShapeTest {

  private static final Map<String, String> CONTRACT =
      Map.of(
          "kata01/Buffer.java",
          """
          package kata01;
          public interface Buffer<T> {
            void put(T element) throws InterruptedException;
            T take() throws InterruptedException;
            record Stats(int puts) {}
            interface Listener { void changed(); }
          }
          """);

  private static final String CHECKS =
      """
      package kata01;
      public final class BufferChecks {
        private final Buffer<String> field = new Solution<>(1);
        void assigned() throws Exception {
          Buffer<String> buffer = new Solution<>(3, new Buffer.Stats(0));
          buffer.put("a");
        }
        void direct() throws Exception {
          var buffer = new Solution<Integer>(1);
          buffer.put(7);
        }
      }
      """;

  private static final String REFERENCE =
      """
      package kata01;
      public class Solution<T> implements Buffer<T> {
        public Solution(int capacity) {}
        public Solution(int capacity, Buffer.Stats stats) {}
        public void put(T element) {}
        public T take() { throw new UnsupportedOperationException(); }
      }
      """;

  private static final Shape SHAPE = Shape.expectedBy("kata01", ours());

  private static List<ClassBytes> ours() {
    Map<String, String> files = new HashMap<>(CONTRACT);
    files.put("kata01/BufferChecks.java", CHECKS);
    files.put("kata01/Solution.java", REFERENCE);
    return Compiled.classes(files).stream()
        .filter(type -> !type.name().equals("kata01.Solution"))
        .toList();
  }

  /** Compiles against the contract and tells the defects with their places. */
  private static List<String> defects(Map<String, String> theirs) {
    Map<String, String> files = new HashMap<>(CONTRACT);
    files.putAll(theirs);
    List<ClassBytes> compiled =
        Compiled.classes(files).stream()
            .filter(type -> theirs.containsKey("kata01/Buffer.java") || !isContract(type.name()))
            .toList();
    return SHAPE.defects(compiled).stream()
        .map(defect -> (defect.at() == null ? "" : defect.at().place() + " ") + defect.sentence())
        .toList();
  }

  private static boolean isContract(String name) {
    return name.equals("kata01.Buffer") || name.startsWith("kata01.Buffer$");
  }

  private static List<String> defects(String solution) {
    return defects(Map.of("kata01/Solution.java", solution));
  }

  @Test
  void acceptsTheReference() {
    assertThat(defects(REFERENCE)).isEmpty();
  }

  @Test
  void acceptsWhatIsInherited() {
    assertThat(
            defects(
                Map.of(
                    "kata01/Solution.java",
                    """
                    package kata01;
                    public final class Solution<E> extends kata01.inner.Base<E> {
                      public Solution(int capacity) {}
                      public Solution(int capacity, Stats stats) {}
                    }
                    """,
                    "kata01/inner/Base.java",
                    """
                    package kata01.inner;
                    public abstract class Base<E> implements kata01.Buffer<E> {
                      public void put(E element) {}
                      public E take() { return null; }
                    }
                    """)))
        .isEmpty();
  }

  @Test
  void missesTheClass() {
    assertThat(defects(Map.of("kata01/Other.java", "package kata01; public class Other {}")))
        .containsExactly("expected a class kata01.Solution, but there is no type of that name");
  }

  @Test
  void findsItInAnotherPackage() {
    assertThat(defects(Map.of("mine/Solution.java", "package mine;\npublic class Solution {}")))
        .containsExactly(
            "Solution.java:2 expected every type in package kata01, but found mine.Solution",
            "expected a class kata01.Solution, but there is no type of that name");
  }

  @Test
  void wantsItPublic() {
    assertThat(defects("package kata01;\n\nclass Solution {}"))
        .containsExactly("Solution.java:3 expected Solution to be public, but it is not");
  }

  @Test
  void wantsAClass() {
    assertThat(defects("package kata01; public interface Solution {}"))
        .containsExactly("Solution.java expected Solution to be a class, but it is an interface");
    assertThat(defects("package kata01; public @interface Solution {}"))
        .containsExactly("Solution.java expected Solution to be a class, but it is an interface");
    assertThat(defects("package kata01; public enum Solution {}"))
        .containsExactly("Solution.java:1 expected Solution to be a class, but it is an enum");
    assertThat(defects("package kata01; public abstract class Solution {}"))
        .containsExactly(
            "Solution.java:1 expected Solution to be a class to create objects of, but it is"
                + " abstract");
  }

  @Test
  void wantsTheContract() {
    assertThat(
            defects(
                """
                package kata01;
                public class Solution {
                  public Solution(int capacity) {}
                  public Solution(int capacity, Buffer.Stats stats) {}
                  public void put(Object element) {}
                }
                """))
        .containsExactly("Solution.java:3 expected Solution to be a kata01.Buffer, but it is not");
  }

  @Test
  void wantsTheConstructors() {
    assertThat(
            defects(
                """
                package kata01;
                public class Solution<T> implements Buffer<T> {
                  Solution(int capacity) {}
                  public Solution(long capacity, Buffer.Stats stats) {}
                  public void put(T element) {}
                  public T take() { return null; }
                }
                """))
        .containsExactly(
            "Solution.java:3 expected a constructor public Solution(int), but found"
                + " Solution(int), public Solution(long, Buffer.Stats)",
            "Solution.java:3 expected a constructor public Solution(int, Buffer.Stats), but found"
                + " Solution(int), public Solution(long, Buffer.Stats)");
  }

  @Test
  void wantsMethodsThatAreCalledOnTheClass() {
    assertThat(
            defects(
                """
                package kata01;
                public class Solution implements Buffer<Integer> {
                  public Solution(int capacity) {}
                  public Solution(int capacity, Buffer.Stats stats) {}
                  public void put(Integer element) {}
                  public Integer take() { return null; }
                }
                """))
        .isEmpty(); // there is a bridge, put(Object)
    assertThat(
            Shape.expectedBy(
                    "kata01",
                    Compiled.classes(
                            Map.of(
                                "kata01/Checks.java",
                                "package kata01; class Checks { void f() { new Solution().go(1); }"
                                    + " }",
                                "kata01/Solution.java",
                                "package kata01; public class Solution { public void go(int n) {}"
                                    + " }"))
                        .stream()
                        .filter(type -> type.name().endsWith("Checks"))
                        .toList())
                .defects(
                    Compiled.solution(
                        "package kata01; public class Solution { void go(int n) {} }")))
        .extracting(ShapeDefect::sentence)
        .containsExactly("expected a method public go(int), but there is none");
  }

  @Test
  void refusesTypesNamedLikeOurs() {
    assertThat(
            defects(
                Map.of(
                    "kata01/Solution.java",
                    REFERENCE,
                    "kata01/BufferChecks.java",
                    "package kata01;\nclass BufferChecks {}")))
        .containsExactly(
            "BufferChecks.java:2 expected no type of yours named kata01.BufferChecks: that is"
                + " given");
  }
}
