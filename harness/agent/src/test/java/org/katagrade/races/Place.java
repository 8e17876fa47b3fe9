package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A place to publish an object in: its opaque accesses order nothing, yet do not race. */
final class Place<T> {
  private static final VarHandle CONTENT;

  static {
    try {
      CONTENT = MethodHandles.lookup().findVarHandle(Place.class, "content", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Object content;

  void put(T object) {
    CONTENT.setOpaque(this, object);
  }

  @SuppressWarnings("unchecked")
  T await() {
    while (true) {
      Object seen = CONTENT.getOpaque(this);
      if (seen != null) {
        return (T) seen;
      }
      Thread.yield();
    }
  }
}
