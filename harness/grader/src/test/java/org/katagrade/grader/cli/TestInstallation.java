package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The grader under test, installed as the build would, from the class path of the test. */
final class TestInstallation {

  private static final Path DIST = make();

  private TestInstallation() {}

  /** A folder with {@code lib} in it. */
  static Path dist() {
    return DIST;
  }

  private static Path make() {
    try {
      Path dist = Files.createDirectories(Path.of("target", "test-dist").toAbsolutePath());
      Path library = Files.createDirectories(dist.resolve("lib"));
      for (String each :
          System.getProperty("java.class.path")
              .split(Pattern.quote(java.io.File.pathSeparator), -1)) {
        Path entry = Path.of(each);
        if (Files.isRegularFile(entry)) {
          Files.copy(
              entry,
              library.resolve(entry.getFileName().toString()),
              StandardCopyOption.REPLACE_EXISTING);
        } else if (entry.endsWith(Path.of("checks", "target", "classes"))) {
          pack(entry, library.resolve("checks-under-test.jar"));
        }
      }
      return dist;
    } catch (IOException e) {
      throw new UncheckedIOException("installing the grader under test", e);
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out)) {
      for (Path file : files) {
        archive.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, archive);
        archive.closeEntry();
      }
    }
  }
}
