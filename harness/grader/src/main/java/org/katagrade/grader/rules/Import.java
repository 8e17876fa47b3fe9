package org.katagrade.grader.rules;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;

/**
 * ArchUnit's import of classes held in memory.
 *
 * <p>ArchUnit reads files only, so they lie in a temporary folder for a moment, by number: a
 * class's own name is the student's to choose. Classes they refer to are not looked for: it takes
 * seconds, and the grader's class path is not theirs.
 */
final class Import {

  private Import() {}

  static JavaClasses of(List<ClassBytes> classes) {
    try {
      Path folder = Files.createTempDirectory("rules");
      // Last to first: should the grader be interrupted in the midst of this.
      folder.toFile().deleteOnExit();
      try {
        for (int i = 0; i < classes.size(); i++) {
          Path file = folder.resolve(i + ".class");
          file.toFile().deleteOnExit();
          Files.write(file, classes.get(i).bytes());
        }
        return read(folder);
      } finally {
        delete(folder, classes.size());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "laying out classes in the temporary folder " + System.getProperty("java.io.tmpdir"), e);
    }
  }

  private static JavaClasses read(Path folder) {
    return ArchConfiguration.withThreadLocalScope(
        configuration -> {
          configuration.setResolveMissingDependenciesFromClassPath(false);
          return new ClassFileImporter().importPath(folder);
        });
  }

  private static void delete(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.deleteIfExists(folder.resolve(i + ".class"));
    }
    Files.delete(folder);
  }
}
