package org.katagrade.grader.rules.bytecode;

import java.lang.constant.ClassDesc;
import java.util.Optional;

/**
 * A catch or finally block.
 *
 * @param start first instruction that it covers
 * @param end the instruction after the last that it covers
 * @param entry its own first instruction
 * @param caught what it catches; empty for everything, as a finally block does
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // as the class file itself says it
public record Handler(int start, int end, int entry, Optional<ClassDesc> caught) {

  public boolean covers(int index) {
    return start <= index && index < end;
  }
}
