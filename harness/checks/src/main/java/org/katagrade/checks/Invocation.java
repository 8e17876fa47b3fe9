package org.katagrade.checks;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/** An operation and what it is called with. */
record Invocation(Method method, List<Object> arguments) {

  Invocation {
    arguments = List.copyOf(arguments);
  }

  /** As Java has it, {@code add(2)}. */
  @Override
  public String toString() {
    return method.getName()
        + arguments.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
