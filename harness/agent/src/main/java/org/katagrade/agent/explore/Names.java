package org.katagrade.agent.explore;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** The names of objects in what is told of a run, given in the order in which they come up. */
final class Names {

  private final Map<Object, LockName> names = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** The name of this object. */
  LockName of(Object object) {
    LockName known = names.get(object);
    if (known != null) {
      return known;
    }
    String type =
        lasting(
            object instanceof Class<?> itself ? itself.getName() : Synchronizers.typeOf(object));
    LockName name = new LockName(type, counts.merge(type, 1, Integer::sum));
    names.put(object, name);
    return name;
  }

  /** A hidden class, such as a lambda's, has an address in its name, other in every JVM. */
  private static String lasting(String type) {
    int address = type.indexOf('/');
    return address < 0 ? type : type.substring(0, address);
  }

  /** The name of the lock with this inner part, if the lock itself came up; else of the part. */
  LockName ofWhole(Object part) {
    for (Map.Entry<Object, LockName> entry : names.entrySet()) {
      if (Synchronizers.whole(entry.getKey()) == part) {
        return entry.getValue();
      }
    }
    return of(part);
  }

  /** As a reader sees it: {@code Account#1}. */
  String text(Object object) {
    LockName name = of(object);
    return name.type().substring(name.type().lastIndexOf('.') + 1) + "#" + name.number();
  }
}
