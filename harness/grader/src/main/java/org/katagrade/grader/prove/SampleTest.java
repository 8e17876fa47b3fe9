package org.katagrade.grader.prove;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.Compilation;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.Compiler;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.fork.CheckEnd;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Series;
import org.katagrade.grader.fork.Subject;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Sources;
import org.katagrade.grader.surface.Surface;

/**
 * The test that students begin with: it compiles with the stub and passes with the reference.
 *
 * <p>Its methods annotated with JUnit's {@code @Test} are run in a child as checks are. It cannot
 * see what else of JUnit a test might use, such as parameters or a method before each.
 */
final class SampleTest {

  private static final String TEST = "Lorg/junit/jupiter/api/Test;";
  private static final long SEED = 1;

  private final Jvm jvm;
  private final Kata kata;
  private final CompiledKata compiled;

  SampleTest(Jvm jvm, Kata kata, CompiledKata compiled) {
    this.jvm = jvm;
    this.kata = kata;
    this.compiled = compiled;
  }

  /** Everything that is not as it should be. */
  List<String> faults() throws IOException, InterruptedException {
    Path folder = kata.folder().resolve("test");
    if (!Files.isDirectory(folder)) {
      return List.of("there is no sample test in " + folder.getFileName());
    }
    List<SourceFile> tests = Sources.ours(folder, "");
    List<String> faults = new ArrayList<>();
    compile(tests, kata.stub(), "the stub", faults);
    Compiled withReference = compile(tests, kata.reference(), "the reference", faults);
    if (faults.isEmpty()) {
      faults.addAll(run(withReference));
    }
    return List.copyOf(faults);
  }

  /** A solution, what it names of others, and the tests compiled with it. */
  private record Compiled(List<ClassBytes> solution, Set<String> named, List<ClassBytes> tests) {}

  private Compiled compile(List<SourceFile> tests, Path folder, String whose, List<String> faults)
      throws IOException {
    Compilation solution =
        Compiler.compile(Sources.submission(folder).sources(), compiled.contract(), List.of());
    List<ClassBytes> known =
        Stream.concat(compiled.contract().stream(), solution.classes().stream()).toList();
    Compilation test = Compiler.compile(tests, known, jvm.checkJars());
    for (Problem problem : test.errors()) {
      faults.add(
          "the sample test does not compile with %s: %s:%d: %s"
              .formatted(whose, problem.path(), problem.line(), problem.message()));
    }
    return new Compiled(
        solution.classes(),
        Surface.look(solution.classes(), compiled.contract(), List.of(), List.of()).named(),
        test.classes());
  }

  private List<String> run(Compiled with) throws InterruptedException {
    List<String> faults = new ArrayList<>();
    int found = 0;
    for (ClassBytes type : with.tests()) {
      List<String> methods = testMethods(type);
      found += methods.size();
      if (!methods.isEmpty()) {
        Subject subject =
            new Subject(
                type.name(),
                compiled.contract(),
                with.tests(),
                with.solution(),
                with.named(),
                false);
        Series.plain(jvm, subject, SEED, false).run(methods, any -> true, new Judge(faults));
      }
    }
    if (found == 0) {
      faults.add("the sample test tests nothing");
    }
    return faults;
  }

  private static List<String> testMethods(ClassBytes type) {
    ClassModel parsed = ClassFile.of().parse(type.bytes());
    return parsed.methods().stream()
        .filter(SampleTest::isTest)
        .map(method -> method.methodName().stringValue())
        .toList();
  }

  private static boolean isTest(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(
            found ->
                found.annotations().stream()
                    .anyMatch(annotation -> annotation.className().equalsString(TEST)))
        .orElse(false);
  }

  /** Writes down which tests the reference does not pass. */
  private record Judge(List<String> faults) implements Series.Listener {

    @Override
    public void began(String test) {}

    @Override
    public void ended(String test, CheckEnd end, Duration cpu) {
      boolean passed =
          end instanceof CheckEnd.Reported reported && reported.outcome() instanceof Outcome.Passed;
      if (!passed) {
        faults.add("the reference fails the sample test's " + test + ": " + said(end));
      }
    }

    private static String said(CheckEnd end) {
      return end instanceof CheckEnd.Reported reported
              && reported.outcome() instanceof Outcome.Failed(Failure failure)
          ? String.valueOf(failure.message()).strip().replaceAll("\\s+", " ")
          : end.getClass().getSimpleName();
    }

    @Override
    public void printed(String text) {}
  }
}
