package org.katagrade.checks.wire;

import java.util.List;

/**
 * A submission with the checks it is given to.
 *
 * @param checksType binary name of the class of hidden checks
 * @param stateless whether the classes keep nothing from one check to the next, so that they need
 *     be loaded only once
 * @param contract classes of the contract, which both sides see
 * @param hidden classes of the hidden checks, which the submission does not see
 * @param theirs classes of the submission
 * @param named names of the classes beyond these that the submission names, and may
 */
public record Program(
    String checksType,
    boolean stateless,
    List<ClassBytes> contract,
    List<ClassBytes> hidden,
    List<ClassBytes> theirs,
    List<String> named) {

  public Program {
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
    theirs = List.copyOf(theirs);
    named = List.copyOf(named);
  }
}
