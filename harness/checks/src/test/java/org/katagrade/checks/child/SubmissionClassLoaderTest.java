package org.katagrade.checks.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.checks.wire.Program;

/** Loads classes that nobody has looked at: what a submission cannot reach even then. */
final class SubmissionClassLoaderTest {

  /** Stands for a submission that names something of the network's. */
  public static final class Reaches implements Callable<Object> {
    @Override
    public Object call() {
      return URI.create("x");
    }
  }

  /** Stands for one that keeps to what it may, in ways that the JVM links at run time. */
  public static final class KeepsToIt implements Callable<Object> {

    /** Has equals, hashCode and toString that the JVM writes. */
    record Pair(int a, Object b) {}

    enum Kind {
      ONE
    }

    @Override
    public Object call() {
      Supplier<String> text = () -> "a" + new Pair(1, List.of(Kind.ONE)).hashCode() + Kind.ONE;
      return switch ((Object) text.get()) {
        case String s when s.isEmpty() -> 0;
        case String s -> s.length() + new Pair(2, s).toString();
        default -> 1;
      };
    }
  }

  @Test
  void whatLeadsOutOfTheJvmIsNotThere() throws Exception {
    Callable<Object> reaches = made(Reaches.class, List.of());
    assertThatThrownBy(reaches::call)
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("java/net/URI");
  }

  @Test
  void whatItMayNameIs() throws Exception {
    assertThat(made(Reaches.class, List.of("java.net.URI")).call()).isEqualTo(URI.create("x"));
  }

  @Test
  void whatTheJvmLinksIsThere() throws Exception {
    assertThat(made(KeepsToIt.class, List.of()).call().toString()).contains("Pair[a=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.katagrade.checks.child.ChildMain",
        "org.katagrade.checks.Effort",
        "org.junit.jupiter.api.Assertions",
        "java.net.Socket",
        "java.net.http.HttpClient",
        "java.sql.Connection",
        "java.lang.reflect.Field",
        "java.lang.ProcessBuilder",
        "jdk.internal.misc.Unsafe",
        "sun.misc.Unsafe"
      })
  void isNotFound(String name) throws IOException {
    SubmissionClassLoader loader = loader(Reaches.class, List.of());
    assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
  }

  @SuppressWarnings("unchecked") // the classes of this test are such
  private static Callable<Object> made(Class<?> type, List<String> named) throws Exception {
    return (Callable<Object>)
        loader(type, named).loadClass(type.getName()).getConstructor().newInstance();
  }

  private static SubmissionClassLoader loader(Class<?> type, List<String> named)
      throws IOException {
    KataClassLoader kata = new KataClassLoader(SubmissionClassLoaderTest.class.getClassLoader());
    List<ClassBytes> theirs =
        List.of(
            bytes(type.getName()),
            bytes(KeepsToIt.class.getName() + "$Pair"),
            bytes(KeepsToIt.class.getName() + "$Kind"));
    kata.give(new Program("Checks", false, List.of(), List.of(), theirs, named));
    return Objects.requireNonNull(kata.submission());
  }

  private static ClassBytes bytes(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = SubmissionClassLoaderTest.class.getResourceAsStream(file)) {
      return new ClassBytes(name, Objects.requireNonNull(in).readAllBytes());
    }
  }
}
