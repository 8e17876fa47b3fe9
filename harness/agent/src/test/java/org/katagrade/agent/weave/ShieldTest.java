package org.katagrade.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is behind the shield, read from the detector's class files. */
final class ShieldTest {

  private static final Path CLASSES = Path.of("target/classes/org/katagrade/agent");

  @Test
  void knowsAllThatIsGuarded() throws IOException {
    List<String> guarded = new ArrayList<>();
    for (Path file : classFiles()) {
      ClassModel model = ClassFile.of().parse(file);
      if (model.methods().stream().anyMatch(Shield::isGuarded)) {
        guarded.add(CLASSES.relativize(file).toString().replace(".class", ""));
      }
    }
    assertThat(guarded).containsExactlyInAnyOrderElementsOf(Shield.CLASSES);
  }

  @Test
  void aGuardedMethodReturnsNothingOrItsFirstArgument() throws IOException {
    int seen = 0;
    for (Path file : classFiles()) {
      for (MethodModel method : ClassFile.of().parse(file).methods()) {
        if (Shield.isGuarded(method)) {
          seen++;
          String type = method.methodType().stringValue();
          assertThat(
                  type.endsWith(")V")
                      || type.matches("\\(Ljava/lang/Object;.*\\)Ljava/lang/Object;"))
              .as(file + " " + method.methodName().stringValue())
              .isTrue();
        }
      }
    }
    assertThat(seen).isGreaterThan(40);
  }

  private static List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }
}
