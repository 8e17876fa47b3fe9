package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.grade.Grader;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.state.Places;
import org.katagrade.grader.state.Scores;

/**
 * Everything a command takes from outside its words: where it was started, what is installed, whom
 * it talks to.
 *
 * @param directory what relative paths start from
 * @param screen whom it talks to
 */
public record Surroundings(
    Installation installation, Path directory, Places places, Screen screen) {

  Surroundings speakingTo(Screen other) {
    return new Surroundings(installation, directory, places, other);
  }

  PrintWriter out() {
    return screen.out();
  }

  /** A path as somebody typed it. */
  Path resolve(String typed) {
    try {
      return directory.resolve(typed).normalize();
    } catch (InvalidPathException e) {
      throw new UsageException("'" + typed + "' is no path: " + e.getReason());
    }
  }

  /** The course in this folder, or the one that is installed. */
  Course course(@Nullable String folder) throws IOException {
    return Course.in(folder == null ? installation.root().resolve("katas") : resolve(folder));
  }

  KataCompiler kataCompiler() {
    return new KataCompiler(installation.trusted().checkJars(), places.cache().resolve("katas"));
  }

  Grader grader(List<Path> libraries) throws InterruptedException {
    return new Grader(installation.jvm(libraries), kataCompiler(), Installation.version());
  }

  Scores scores() {
    return new Scores(places.state());
  }
}
