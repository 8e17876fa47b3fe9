package org.katagrade.grader.surface;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the race detector, the explorer and Lincheck can weave themselves into a class. They
 * leave alone what they cannot weave, and see nothing of it.
 */
final class Watchable {

  /**
   * Bytes of a method's code. Woven, a byte becomes ten or more, and 65,535 are the most that a
   * class file holds (JVMS 4.7.3).
   */
  static final int MOST_IN_METHOD = 4_000;

  /**
   * Bytes of code of all methods. What is woven in names each place, as one of 65,534 constants.
   */
  static final int MOST_IN_CLASS = 32_000;

  private static final int NO_LINE = -1;

  private Watchable() {}

  /** What stands against it. */
  static List<Refusal> refusals(ClassModel type) {
    List<Refusal> refusals = new ArrayList<>();
    for (FieldModel field : type.fields()) {
      String name = field.fieldName().stringValue();
      if (name.contains("$") && !field.flags().has(AccessFlag.SYNTHETIC)) {
        refusals.add(ofName("field", name, type, NO_LINE));
      }
    }
    int sum = 0;
    for (MethodModel method : type.methods()) {
      int length = length(method);
      sum += length;
      String name = method.methodName().stringValue();
      if (name.contains("$") && !method.flags().has(AccessFlag.SYNTHETIC)) {
        refusals.add(ofName("method", name, type, line(method)));
      }
      if (length > MOST_IN_METHOD) {
        refusals.add(
            new Refusal(
                "the method %s is too long to be watched: %d bytes of code, and %d are the most"
                    .formatted(name, length, MOST_IN_METHOD),
                Surface.place(type, line(method))));
      }
    }
    if (sum > MOST_IN_CLASS) {
      refusals.add(
          new Refusal(
              "the class is too long to be watched: %d bytes of code, and %d are the most"
                  .formatted(sum, MOST_IN_CLASS),
              Surface.place(type, NO_LINE)));
    }
    return refusals;
  }

  /** The language leaves such names to what is generated (JLS 3.8), and we weave in some. */
  private static Refusal ofName(String what, String name, ClassModel type, int line) {
    return new Refusal(
        "the %s %s cannot be watched: names with a $ are for compilers and the like"
            .formatted(what, name),
        Surface.place(type, line));
  }

  private static int length(MethodModel method) {
    return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
  }

  private static int line(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(LineNumber.class::isInstance)
        .map(LineNumber.class::cast)
        .mapToInt(LineNumber::line)
        .findFirst()
        .orElse(NO_LINE);
  }
}
