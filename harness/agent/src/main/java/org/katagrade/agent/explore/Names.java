package org.katagrade.agent.explore;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** The names of objects in what is told of a run, given in the order in which they come up. */
final class Names {

  private final Map<Object, LockName> names = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** The name of this object. All ways to hold a lock have the number of the lock. */
  LockName of(Object object) {
    Object named = Synchronizers.named(object);
    String type = typeOf(object);
    LockName known = names.get(named);
    if (known == null) {
      String counted = Synchronizers.hasHalves(named) ? typeOf(named) : type;
      known = new LockName(type, counts.merge(counted, 1, Integer::sum));
      names.put(named, known);
    }
    return Synchronizers.hasHalves(named) ? new LockName(type, known.number()) : known;
  }

  private static String typeOf(Object object) {
    return lasting(
        object instanceof Class<?> itself ? itself.getName() : Synchronizers.typeOf(object));
  }

  /** A hidden class, such as a lambda's, has an address in its name, other in every JVM. */
  private static String lasting(String type) {
    int address = type.indexOf('/');
    return address < 0 ? type : type.substring(0, address);
  }

  /** The name of what a thread with this stack waits for, which may be the inner part of a lock. */
  LockName ofBlocker(Object part, StackTraceElement[] stack) {
    LockName name = of(part);
    return Synchronizers.hasHalves(part)
        ? new LockName(Synchronizers.halfOf(stack), name.number())
        : name;
  }

  /** As a reader sees it: {@code Account#1}. */
  String text(Object object) {
    LockName name = of(object);
    return name.type().substring(name.type().lastIndexOf('.') + 1) + "#" + name.number();
  }
}
