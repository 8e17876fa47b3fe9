package org.katagrade.grader.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.Course;
import picocli.CommandLine.Option;

/** The option that says which course is meant. */
final class CourseOption {

  @Option(
      names = "--katas",
      paramLabel = "DIR",
      description = "A folder of katas to use instead of the ones that came with the grader.")
  private @Nullable String katas;

  Course in(Surroundings surroundings) throws IOException {
    return surroundings.course(katas);
  }
}
