package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.fork.Isolation;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * The grader as it is installed.
 *
 * @param root the folder that holds the launcher and {@code katas}
 * @param library the folder with the grader's jars
 * @param archive a class-data archive for children, or null if there is none
 */
public record Installation(Path root, Path library, @Nullable Path archive) {

  private static final String POM = "/META-INF/maven/org.katagrade/grader/pom.properties";

  /** How children are started in the best sandbox there is; work may use these further jars. */
  Jvm jvm(List<Path> extra) throws InterruptedException {
    return jvm(extra, Isolation.best());
  }

  /** The same without one, for programs that are the grader's own. */
  Jvm trusted() {
    return jvm(List.of(), Sandbox.none());
  }

  private Jvm jvm(List<Path> extra, Sandbox sandbox) {
    return new Jvm(Path.of(System.getProperty("java.home")), library, extra, archive, sandbox);
  }

  /** The grader's version, which its jar knows. */
  static String version() {
    try (InputStream in = Installation.class.getResourceAsStream(POM)) {
      if (in == null) {
        return "development";
      }
      Properties pom = new Properties();
      pom.load(in);
      return pom.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
