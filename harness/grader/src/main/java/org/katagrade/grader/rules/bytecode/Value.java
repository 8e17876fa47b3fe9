package org.katagrade.grader.rules.bytecode;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * What is known of a value on the operand stack or in a local variable.
 *
 * @param type its static type; {@code Object} where paths with different types meet
 * @param source index of the instruction that made it, or one of the negative constants here
 */
public record Value(ClassDesc type, int source) {

  /** A parameter, a caught exception, or the values of several paths. */
  public static final int UNKNOWN_SOURCE = -1;

  /** The object whose method this is. */
  public static final int THIS = -2;

  /** Nothing is known. */
  public static final Value UNKNOWN = new Value(ConstantDescs.CD_Object, UNKNOWN_SOURCE);

  static Value of(ClassDesc type) {
    return new Value(type, UNKNOWN_SOURCE);
  }

  public boolean isThis() {
    return source == THIS;
  }

  /** Binary name of the type; a primitive or array type as a descriptor. */
  public String typeName() {
    return Call.binaryName(type);
  }

  boolean isWide() {
    return type.equals(ConstantDescs.CD_long) || type.equals(ConstantDescs.CD_double);
  }

  /** What is known where this value and another may both have come. */
  Value or(Value other) {
    if (equals(other)) {
      return this;
    }
    return new Value(
        type.equals(other.type) ? type : ConstantDescs.CD_Object,
        source == other.source ? source : UNKNOWN_SOURCE);
  }
}
