package org.katagrade.grader.rules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.wire.ClassBytes;

/** Programs written as text in a test, compiled in memory with line numbers and nothing else. */
public final class Compiled {

  private Compiled() {}

  /** Compiles files by name, {@code kata01/Solution.java}, and returns their classes by name. */
  public static List<ClassBytes> classes(Map<String, String> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> errors = new ArrayList<>();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        Outputs outputs = new Outputs(standard)) {
      List<Source> sources =
          files.entrySet().stream()
              .map(file -> new Source(file.getKey(), file.getValue()))
              .toList();
      boolean compiled =
          compiler
              .getTask(
                  null,
                  outputs,
                  diagnostic -> errors.add(diagnostic.toString()),
                  List.of("-proc:none", "-g:source,lines"),
                  null,
                  sources)
              .call();
      if (!compiled) {
        throw new IllegalArgumentException(String.join("\n", errors));
      }
      return outputs.classes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles one file, {@code kata01/Solution.java}. */
  public static List<ClassBytes> solution(String source) {
    return classes(Map.of("kata01/Solution.java", source));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("memory:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    Outputs(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
      return outputs.computeIfAbsent(name, Output::new);
    }

    List<ClassBytes> classes() {
      return outputs.entrySet().stream()
          .map(output -> new ClassBytes(output.getKey(), output.getValue().bytes.toByteArray()))
          .sorted(Comparator.comparing(ClassBytes::name))
          .toList();
    }
  }
}
