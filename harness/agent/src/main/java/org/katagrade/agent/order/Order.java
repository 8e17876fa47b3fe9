package org.katagrade.agent.order;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.Pinned;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/** Where order passes through an object: one place for the whole of it, or one for each part. */
final class Order {

  private static final WeakIdentityMap<Object, SyncVar> WHOLE = new WeakIdentityMap<>();
  private static final WeakIdentityMap<Object, Map<Object, SyncVar>> PARTS =
      new WeakIdentityMap<>();

  private Order() {}

  static SyncVar of(Object object) {
    try {
      return WHOLE.computeIfAbsent(object, any -> new SyncVar());
    } catch (RuntimeException | Error e) { // not the program's, which has its own call to make
      Faults.note(e);
      return new SyncVar();
    }
  }

  /** The same, for an object that is never an alias, such as a monitor. */
  static SyncVar ofLock(Object lock, ThreadState thread) {
    return thread.locks().get(lock, Order::of);
  }

  /** A part that is named by something that does not keep the object alive. */
  static SyncVar of(Object object, Object part) {
    try {
      Map<Object, SyncVar> parts = PARTS.computeIfAbsent(object, any -> new ConcurrentHashMap<>());
      SyncVar known = parts.get(part);
      return known == null
          ? Pinned.get(() -> parts.computeIfAbsent(part, any -> new SyncVar()))
          : known;
    } catch (RuntimeException | Error e) {
      Faults.note(e);
      return new SyncVar();
    }
  }

  /** From now on the object passes on what this does. */
  static void alias(Object object, SyncVar order) {
    WHOLE.put(object, order);
  }

  /** From now on what passes through one of two objects, or a part, passes through both. */
  static void same(Object object, Object other) {
    alias(object, of(other));
    PARTS.put(object, PARTS.computeIfAbsent(other, any -> new ConcurrentHashMap<>()));
  }
}
