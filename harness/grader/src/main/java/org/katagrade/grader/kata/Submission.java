package org.katagrade.grader.kata;

import java.nio.file.Path;
import java.util.List;

/**
 * What somebody hands in: stub, reference, mutant or a student's work, all the same shape.
 *
 * @param folder the folder it was read from
 * @param sources its Java sources
 * @param defects why it cannot even be compiled, in plain words; empty if it can
 */
public record Submission(Path folder, List<SourceFile> sources, List<String> defects) {

  public Submission {
    sources = List.copyOf(sources);
    defects = List.copyOf(defects);
  }
}
