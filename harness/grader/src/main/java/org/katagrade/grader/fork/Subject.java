package org.katagrade.grader.fork;

import java.util.List;
import org.katagrade.checks.wire.ClassBytes;

/**
 * A compiled submission with the kata it is for.
 *
 * @param checksType binary name of the class of hidden checks
 */
public record Subject(
    String checksType,
    List<ClassBytes> contract,
    List<ClassBytes> hidden,
    List<ClassBytes> theirs) {

  public Subject {
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
    theirs = List.copyOf(theirs);
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
