package org.katagrade.grader.compile;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** A large solution takes a tenth of it on a slow machine. */
  private static final Duration MOST_CPU = Duration.ofSeconds(20);

  /** Where the system does not tell how much a thread has used, and far more than it takes. */
  private static final Duration MOST_TIME = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What javac advises could be followed only where its options can be chosen. */
  private static final Pattern ADVICE = Pattern.compile("\\(use --enable-preview [^)]*\\)");

  private static final String OUT_OF_MEMORY =
      "the compiler ran out of memory: a text or a method is too large once it is written out";

  private Compiler() {}

  /**
   * Compiles, in a thread of its own: some small programs keep javac busy for hours, and it cannot
   * be stopped. Its thread then ends with this JVM.
   *
   * @param known classes the sources may use
   * @param jars jars the sources may use
   */
  public static Compilation compile(
      List<SourceFile> sources, List<ClassBytes> known, List<Path> jars) {
    return compile(sources, known, jars, MOST_CPU, LOOK);
  }

  /**
   * The same.
   *
   * @param mostCpu processor time after which it is given up
   * @param look how often to look at that
   */
  static Compilation compile(
      List<SourceFile> sources,
      List<ClassBytes> known,
      List<Path> jars,
      Duration mostCpu,
      Duration look) {
    FutureTask<Compilation> task = new FutureTask<>(() -> compiled(sources, known, jars));
    Thread thread = Thread.ofPlatform().daemon().name("javac").start(task);
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(look.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (hasTakenTooMuch(thread, start, mostCpu)) {
            return new Compilation(List.of(), List.of(Problem.general(tooMuch(mostCpu))));
          }
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (OutOfMemoryError e) {
          // It is the compiler that needs it all, and soon fails itself.
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        return new Compilation(List.of(), List.of(Problem.general(OUT_OF_MEMORY)));
      }
      throw e.getCause() instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("the compiler failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String tooMuch(Duration mostCpu) {
    return "the compiler had not finished after %d s of processor time: an expression is too much for it"
        .formatted(mostCpu.toSeconds());
  }

  private static boolean hasTakenTooMuch(Thread thread, long start, Duration mostCpu) {
    long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    return used > mostCpu.toNanos() || System.nanoTime() - start > MOST_TIME.toNanos();
  }

  private static Compilation compiled(
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
    if (said.contains(OutOfMemoryError.class.getName())) {
      return OUT_OF_MEMORY;
    }
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
