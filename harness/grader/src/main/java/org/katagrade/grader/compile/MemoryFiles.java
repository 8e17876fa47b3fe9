package org.katagrade.grader.compile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.kata.SourceFile;

/** Files of a compilation: known classes are read from memory, new ones written there. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

  private final Map<String, ClassBytes> known = new LinkedHashMap<>();
  private final Map<String, Written> written = new LinkedHashMap<>();

  MemoryFiles(JavaFileManager disk, List<ClassBytes> known) {
    super(disk);
    known.forEach(type -> this.known.put(type.name(), type));
  }

  List<ClassBytes> written() {
    return written.values().stream().map(Written::type).toList();
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<Kind> kinds, boolean recurse) throws IOException {
    List<JavaFileObject> found = new ArrayList<>();
    super.list(location, packageName, kinds, recurse).forEach(found::add);
    if (location == StandardLocation.CLASS_PATH && kinds.contains(Kind.CLASS)) {
      known.values().stream()
          .filter(type -> packageOf(type.name()).equals(packageName))
          .map(Known::new)
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof Known type ? type.type.name() : super.inferBinaryName(location, file);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, Kind kind, FileObject sibling) {
    return written.computeIfAbsent(className, Written::new);
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static URI uri(String name, Kind kind) {
    return URI.create("memory:///" + name.replace('.', '/') + kind.extension);
  }

  /** A source that was read before. */
  static final class Source extends SimpleJavaFileObject {

    private final SourceFile file;

    Source(SourceFile file) {
      super(file.file().toUri(), Kind.SOURCE);
      this.file = file;
    }

    SourceFile file() {
      return file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }

  /** A class that was there before. */
  private static final class Known extends SimpleJavaFileObject {

    private final ClassBytes type;

    Known(ClassBytes type) {
      super(uri(type.name(), Kind.CLASS), Kind.CLASS);
      this.type = type;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(type.bytes());
    }
  }

  /** A class that the compiler makes. */
  private static final class Written extends SimpleJavaFileObject {

    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Written(String name) {
      super(uri(name, Kind.CLASS), Kind.CLASS);
      this.name = name;
    }

    ClassBytes type() {
      return new ClassBytes(name, bytes.toByteArray());
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }
}
