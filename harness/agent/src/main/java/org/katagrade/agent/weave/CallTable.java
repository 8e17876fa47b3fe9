package org.katagrade.agent.weave;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.order.OrderTable;

/**
 * Which calls of the JDK's methods are woven, and how. The table itself is Java: each public static
 * method of the classes in {@link OrderTable} stands in for the method of its name, with the
 * receiver as first parameter. The build reads it by reflection and {@link TableText} keeps it,
 * since a JVM that starts has no time for that.
 */
final class CallTable {

  /** A method that is called instead. */
  static final class StandIn {

    private final String target;
    private final String holder;
    private final String descriptor;
    private @Nullable Class<?> targetClass;

    /**
     * A stand-in.
     *
     * @param target the class whose method it stands in for, as {@link Class#getName()} says it
     * @param holder the class that declares it, likewise
     */
    StandIn(String target, String holder, String descriptor) {
      this.target = target;
      this.holder = holder;
      this.descriptor = descriptor;
    }

    private @Nullable Class<?> target() {
      if (targetClass == null) {
        targetClass = Hierarchy.jdkClass(target);
      }
      return targetClass;
    }

    ClassDesc owner() {
      return ClassDesc.of(holder);
    }

    MethodTypeDesc type() {
      return MethodTypeDesc.ofDescriptor(descriptor);
    }
  }

  private final Map<String, List<StandIn>> instance = new HashMap<>();
  private final Map<String, List<StandIn>> statics = new HashMap<>();

  /** Of each call of an object of the JDK around which something is told, the types it may have. */
  private final Map<String, List<String>> inline = new HashMap<>();

  /** The names of all methods of objects. */
  private final Set<String> names = new HashSet<>();

  private final Map<String, List<Class<?>>> behind = new ConcurrentHashMap<>();

  private CallTable() {}

  static CallTable ofTheJdk() {
    return parse(TableText.text());
  }

  /** Reads what {@link TableText#of} writes. */
  static CallTable parse(String text) {
    CallTable table = new CallTable();
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      int first = text.indexOf(' ', at);
      String call = text.substring(at + 1, first);
      if (text.charAt(at) == TableText.INLINE) {
        table.putInline(call, text.substring(first + 1, end));
      } else {
        int second = text.indexOf(' ', first + 1);
        table.put(
            text.charAt(at) == TableText.STATIC,
            call,
            text.substring(first + 1, second),
            text.substring(second + 1, end));
      }
      at = end + 1;
    }
    return table;
  }

  private void putInline(String call, String type) {
    names.add(call.substring(0, call.indexOf('(')));
    List<String> types = inline.get(call);
    if (types == null) {
      types = new ArrayList<>(1);
      inline.put(call, types);
    }
    types.add(type);
  }

  private void put(boolean isStatic, String call, String target, String holder) {
    String descriptor = call.substring(call.indexOf('('));
    if (!isStatic) {
      names.add(call.substring(0, call.indexOf('(')));
    }
    Map<String, List<StandIn>> calls = isStatic ? statics : instance;
    List<StandIn> alike = calls.get(call);
    if (alike == null) {
      alike = new ArrayList<>(1);
      calls.put(call, alike);
    }
    alike.add(
        new StandIn(
            target,
            holder,
            isStatic
                ? descriptor
                : "(L" + target.replace('.', '/') + ";" + descriptor.substring(1)));
  }

  /** What stands in for a call of this method, if anything does. */
  @Nullable StandIn find(
      boolean isStatic, String owner, String name, String descriptor, Hierarchy hierarchy) {
    List<StandIn> candidates = (isStatic ? statics : instance).get(name + descriptor);
    if (candidates != null) {
      for (StandIn candidate : candidates) {
        Class<?> target = candidate.target();
        if (target != null && hierarchy.isSubtype(owner, target)) {
          return candidate;
        }
      }
    }
    return null;
  }

  /**
   * The types of the JDK whose methods may answer a call that does not name them, because the
   * objects' classes extend one of them and the type that is called has the same method: a
   * supertype, or an interface of the program.
   */
  List<Class<?>> behind(
      String owner, String name, String descriptor, boolean isInterface, Hierarchy hierarchy) {
    if (!names.contains(name)) {
      return List.of();
    }
    Class<?> supertype = null;
    if (Hierarchy.isJdk(owner)) {
      supertype = Hierarchy.jdkClass(owner);
      if (supertype == null || supertype == Object.class) {
        return List.of();
      }
    } else if (!isInterface) {
      return List.of();
    }
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> type : behind(name + descriptor)) {
      if (supertype == null || supertype.isAssignableFrom(type)) {
        types.add(type);
      }
    }
    return types.isEmpty() || isOfInterest(owner, name, descriptor, hierarchy) ? List.of() : types;
  }

  private List<Class<?>> behind(String call) {
    List<Class<?>> known = behind.get(call);
    if (known == null) {
      known = new ArrayList<>();
      for (StandIn standIn : instance.getOrDefault(call, List.of())) {
        add(standIn.target(), known);
      }
      for (String type : inline.getOrDefault(call, List.of())) {
        add(Hierarchy.jdkClass(type), known);
      }
      behind.put(call, known);
    }
    return known;
  }

  private static void add(@Nullable Class<?> type, List<Class<?>> types) {
    if (type == null || type == Object.class) {
      return;
    }
    for (Class<?> known : types) {
      if (known.isAssignableFrom(type)) {
        return;
      }
    }
    types.add(type);
  }

  /** Whether a call of this method is woven in any way. */
  boolean isOfInterest(String owner, String name, String descriptor, Hierarchy hierarchy) {
    return find(true, owner, name, descriptor, hierarchy) != null
        || find(false, owner, name, descriptor, hierarchy) != null
        || InlineCalls.isOfInterest(owner, name, hierarchy)
        || CallWeaver.goesOver(owner, name, MethodTypeDesc.ofDescriptor(descriptor));
  }
}
