package org.katagrade.agent.weave;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.order.Instead;
import org.katagrade.agent.order.OrderTable;

/**
 * Which calls of the JDK's methods are woven, and how. The table itself is Java: each public static
 * method of the classes in {@link OrderTable} stands in for the method of its name, with the
 * receiver as first parameter.
 */
final class CallTable {

  /** A method that is called instead. */
  record StandIn(Class<?> target, Method method) {

    ClassDesc owner() {
      return ClassDesc.ofDescriptor(method.getDeclaringClass().descriptorString());
    }

    MethodTypeDesc type() {
      return MethodTypeDesc.of(
          ClassDesc.ofDescriptor(method.getReturnType().descriptorString()),
          Arrays.stream(method.getParameterTypes())
              .map(type -> ClassDesc.ofDescriptor(type.descriptorString()))
              .toArray(ClassDesc[]::new));
    }
  }

  private final Map<String, List<StandIn>> instance = new HashMap<>();
  private final Map<String, List<StandIn>> statics = new HashMap<>();

  private CallTable() {}

  static CallTable ofTheJdk() {
    CallTable table = new CallTable();
    for (Class<?> holder : OrderTable.HOLDERS) {
      for (Method method : holder.getDeclaredMethods()) {
        if (java.lang.reflect.Modifier.isPublic(method.getModifiers())) {
          table.add(method);
        }
      }
    }
    return table;
  }

  private void add(Method method) {
    Instead instead = method.getAnnotation(Instead.class);
    Class<?>[] parameters = method.getParameterTypes();
    if (instead != null) {
      put(statics, method, parameters, instead.of());
    } else {
      put(instance, method, Arrays.copyOfRange(parameters, 1, parameters.length), parameters[0]);
    }
  }

  private static void put(
      Map<String, List<StandIn>> table, Method method, Class<?>[] parameters, Class<?> target) {
    StringBuilder key = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : parameters) {
      key.append(parameter.descriptorString());
    }
    key.append(')').append(method.getReturnType().descriptorString());
    table
        .computeIfAbsent(key.toString(), any -> new ArrayList<>())
        .add(new StandIn(target, method));
  }

  /** What stands in for a call of this method, if anything does. */
  @Nullable StandIn find(
      boolean isStatic, String owner, String name, String descriptor, Hierarchy hierarchy) {
    List<StandIn> candidates = (isStatic ? statics : instance).get(name + descriptor);
    if (candidates != null) {
      for (StandIn candidate : candidates) {
        if (hierarchy.isSubtype(owner, candidate.target())) {
          return candidate;
        }
      }
    }
    return null;
  }

  /** Whether a call of this method is woven in any way. */
  boolean isOfInterest(String owner, String name, String descriptor, Hierarchy hierarchy) {
    return find(true, owner, name, descriptor, hierarchy) != null
        || find(false, owner, name, descriptor, hierarchy) != null
        || InlineCalls.isOfInterest(owner, name, hierarchy);
  }
}
