package org.katagrade.grader.fork;

import java.util.List;
import java.util.Set;
import org.katagrade.checks.wire.ClassBytes;

/**
 * A compiled submission with the kata it is for.
 *
 * @param checksType binary name of the class of hidden checks
 * @param named names of the classes beyond these that the submission names, and may
 * @param exits whether it could end the JVM, with whatever exit code it likes
 */
public record Subject(
    String checksType,
    List<ClassBytes> contract,
    List<ClassBytes> hidden,
    List<ClassBytes> theirs,
    Set<String> named,
    boolean exits) {

  public Subject {
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
    theirs = List.copyOf(theirs);
    named = Set.copyOf(named);
  }

  /** Whether no static field of the submission keeps anything from one check to the next. */
  boolean isStateless() {
    return StaticState.noneIn(theirs);
  }

  /** The package that the kata and its submissions share. */
  String packageName() {
    return checksType.substring(0, checksType.lastIndexOf('.'));
  }
}
