package org.katagrade.checks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads scenarios that an author wrote as calls: {@code "put(1); take()"} is one thread's. */
final class Scenarios {

  private static final Pattern CALL = Pattern.compile("(\\w+)\\(([^()]*)\\)");

  private final Class<?> operations;

  Scenarios(Class<?> operations) {
    this.operations = operations;
  }

  /** A scenario in an author's words: the calls of each thread, and those made when all is over. */
  record Given(List<String> threads, String after) {}

  /** What one thread does. */
  List<Invocation> calls(String thread) {
    return Arrays.stream(thread.split(";"))
        .map(String::strip)
        .filter(call -> !call.isEmpty())
        .map(this::call)
        .toList();
  }

  private Invocation call(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new IllegalArgumentException("not a call: '" + text + "'");
    }
    String[] values = call.group(2).isBlank() ? new String[0] : call.group(2).split(",");
    for (Method method : operations.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (method.getName().equals(call.group(1)) && types.length == values.length) {
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
          arguments.add(value(types[i], values[i].strip()));
        }
        return new Invocation(method, arguments);
      }
    }
    throw new IllegalArgumentException("no operation of " + operations + " fits '" + text + "'");
  }

  private static Object value(Class<?> type, String text) {
    return switch (type.getName()) {
      case "int", "java.lang.Integer" -> Integer.valueOf(text);
      case "long", "java.lang.Long" -> Long.valueOf(text);
      case "boolean", "java.lang.Boolean" -> Boolean.valueOf(text);
      case "java.lang.String" -> text;
      default -> throw new IllegalArgumentException("no way to write a " + type.getName());
    };
  }
}
