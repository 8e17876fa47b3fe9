package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A field as an instruction names it. Woven code names it by a number.
 *
 * @param owner a class that has or inherits it, as {@link Class#getName()} says it
 */
public record FieldName(String owner, String name) {

  private static final List<FieldName> ALL = new ArrayList<>();
  private static final Map<FieldName, Integer> NUMBERS = new HashMap<>();

  /** The number of the field, the same wherever it is named so. */
  public static synchronized int register(String owner, String name) {
    FieldName field = new FieldName(owner, name);
    Integer number = NUMBERS.get(field);
    if (number == null) {
      number = ALL.size();
      NUMBERS.put(field, number);
      ALL.add(field);
    }
    return number;
  }

  /** The field with this number. */
  static synchronized FieldName of(int number) {
    return ALL.get(number);
  }
}
