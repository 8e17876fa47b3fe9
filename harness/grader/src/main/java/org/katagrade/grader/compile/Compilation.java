package org.katagrade.grader.compile;

import java.util.List;
import org.katagrade.checks.wire.ClassBytes;

/**
 * What the compiler made of some sources.
 *
 * @param classes the classes; empty if there were errors
 * @param errors what is wrong, in the compiler's order; empty if it compiled
 */
public record Compilation(List<ClassBytes> classes, List<Problem> errors) {

  public Compilation {
    classes = List.copyOf(classes);
    errors = List.copyOf(errors);
  }

  public boolean failed() {
    return !errors.isEmpty();
  }
}
