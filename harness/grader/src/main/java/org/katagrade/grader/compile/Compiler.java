package org.katagrade.grader.compile;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.kata.SourceFile;

/**
 * Compiles sources in memory, with nothing of the disk in sight but the jars it is given: no source
 * path, no annotation processors.
 */
public final class Compiler {

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-g", "-parameters", "-nowarn");

  /** What javac advises could be followed only where its options can be chosen. */
  private static final Pattern ADVICE = Pattern.compile("\\(use --enable-preview [^)]*\\)");

  private Compiler() {}

  /**
   * Compiles.
   *
   * @param known classes the sources may use
   * @param jars jars the sources may use
   */
  public static Compilation compile(
      List<SourceFile> sources, List<ClassBytes> known, List<Path> jars) {
    JavaCompiler javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager disk =
            javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
        MemoryFiles files = new MemoryFiles(disk, known)) {
      List<String> options = new ArrayList<>(OPTIONS);
      options.add("-classpath");
      options.add(
          jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      List<MemoryFiles.Source> units = sources.stream().map(MemoryFiles.Source::new).toList();
      StringWriter said = new StringWriter();
      boolean compiled = javac.getTask(said, files, diagnostics, options, null, units).call();
      List<Problem> errors =
          diagnostics.getDiagnostics().stream()
              .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
              .map(Compiler::problem)
              .toList();
      if (!compiled && errors.isEmpty()) {
        errors = List.of(Problem.general(whyGivenUp(said.toString())));
      }
      return new Compilation(errors.isEmpty() ? files.written() : List.of(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException("compiling", e);
    }
  }

  /** A compiler that fails itself writes a stack trace, which says little to a student. */
  private static String whyGivenUp(String said) {
    return said.contains(StackOverflowError.class.getName())
        ? "the compiler ran out of stack: something is nested too deeply"
        : "the compiler gave up without saying why";
  }

  private static Problem problem(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message =
        ADVICE
            .matcher(diagnostic.getMessage(Locale.ROOT))
            .replaceAll("(preview features are not allowed)");
    JavaFileObject object = diagnostic.getSource();
    if (!(object instanceof MemoryFiles.Source source)) {
      return Problem.general(message);
    }
    long line = Math.max(0, diagnostic.getLineNumber());
    return new Problem(
        source.file().path(),
        line,
        Math.max(0, diagnostic.getColumnNumber()),
        message,
        source.file().line(line));
  }
}
