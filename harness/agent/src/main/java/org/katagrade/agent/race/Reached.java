package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/** The objects that a thread reached through final fields of objects it got by a race. */
final class Reached {

  private final WeakIdentityMap<Object, Freeze> freezes = new WeakIdentityMap<>();

  void add(Object object, Freeze freeze) {
    freezes.put(object, freeze);
  }

  @Nullable Freeze through(Object object) {
    return freezes.get(object);
  }
}
