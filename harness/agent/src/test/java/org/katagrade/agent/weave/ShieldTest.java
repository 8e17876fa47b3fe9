package org.katagrade.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.katagrade.agent.race.Guarded;

/** What is behind the shield, read from class files. */
final class ShieldTest {

  private static final Path CLASSES = Path.of("target/classes/org/katagrade/agent");

  /** Does not return what the annotation wants. */
  static final class Wrong {

    private Wrong() {}

    @Guarded
    static int number(int number) {
      return number;
    }
  }

  /** As it should be. */
  static final class Right {

    private Right() {}

    static boolean same(boolean value) {
      return value;
    }

    @Guarded
    static Object same(Object value, Object other) {
      return other.equals(value) ? other : value;
    }
  }

  @Test
  void theBuildLeavesNothingUnguarded() throws IOException {
    List<MethodModel> methods = methodsOfTheDetector();
    assertThat(methods).noneMatch(Shield::isGuarded);
    assertThat(methods.stream().filter(ShieldTest::notesFaults)).hasSizeGreaterThan(40);
  }

  @Test
  void addsAHandlerToWhatIsGuardedOnly() throws IOException {
    byte[] shielded = Shield.over(bytesOf(Right.class));

    List<MethodModel> methods = ClassFile.of().parse(shielded).methods();

    assertThat(methods)
        .filteredOn(ShieldTest::notesFaults)
        .singleElement()
        .extracting(method -> method.methodType().stringValue())
        .isEqualTo("(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
    assertThat(ClassFile.of().verify(shielded)).isEmpty();
    assertThat(Shield.over(shielded)).as("a second time").isSameAs(shielded);
  }

  @Test
  void refusesAMethodThatReturnsSomethingElse() throws IOException {
    byte[] wrong = bytesOf(Wrong.class);
    assertThatThrownBy(() -> Shield.over(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number(I)I has to return nothing");
  }

  private static boolean notesFaults(MethodModel method) {
    return method
        .code()
        .filter(
            code ->
                code.elementStream().anyMatch(ExceptionCatch.class::isInstance)
                    && code.elementStream()
                        .anyMatch(
                            element ->
                                element instanceof InvokeInstruction call
                                    && call.owner().asInternalName().endsWith("/race/Faults")
                                    && call.name().equalsString("note")))
        .isPresent();
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    return Files.readAllBytes(
        Path.of("target/test-classes", type.getName().replace('.', '/') + ".class"));
  }

  private static List<MethodModel> methodsOfTheDetector() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .flatMap(file -> parse(file).stream())
          .toList();
    }
  }

  private static List<MethodModel> parse(Path file) {
    try {
      return ClassFile.of().parse(file).methods();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
