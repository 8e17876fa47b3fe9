package org.katagrade.grader.compile;

import java.util.List;
import java.util.stream.Stream;
import org.katagrade.checks.wire.ClassBytes;

/**
 * A kata's own classes.
 *
 * @param contract what submissions see
 * @param hidden the hidden checks
 * @param hash of everything they were made from; two katas with one hash grade alike
 */
public record CompiledKata(List<ClassBytes> contract, List<ClassBytes> hidden, String hash) {

  public CompiledKata {
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
  }

  /** Both, whose names no submission may use. */
  public List<ClassBytes> given() {
    return Stream.concat(contract.stream(), hidden.stream()).toList();
  }
}
