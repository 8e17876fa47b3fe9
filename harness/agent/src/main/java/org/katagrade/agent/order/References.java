package org.katagrade.agent.order;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * References to objects that the garbage collector may clear (package {@code java.lang.ref},
 * "Memory Consistency Properties"): "Actions in a thread prior to calling
 * Reference.reachabilityFence(x) happen-before the garbage collector clears any reference to x",
 * which comes before it enqueues the reference, and "the enqueueing of a reference (by the garbage
 * collector, or by a successful call to Reference.enqueue()) happens-before the reference is
 * removed from the queue".
 */
public final class References {

  private static final String FENCED = "fenced";

  /** The fences of what each reference refers to, or did. */
  private static final WeakIdentityMap<Object, SyncVar> REFERENTS = new WeakIdentityMap<>();

  private References() {}

  private static SyncVar fences(Object object) {
    return Order.of(object, FENCED);
  }

  /** A reference was made, which goes to a queue once its object is gone. */
  @Guarded
  public static void made(@Nullable Object reference, @Nullable Object referent) {
    if (reference != null && referent != null) {
      REFERENTS.put(reference, fences(referent));
    }
  }

  @Instead(of = Reference.class)
  public static void reachabilityFence(@Nullable Object object) {
    if (object != null) {
      fences(object).release(ThreadState.current());
    }
    Reference.reachabilityFence(object);
  }

  public static boolean enqueue(Reference<?> reference) {
    Order.of(reference).release(ThreadState.current());
    return reference.enqueue();
  }

  public static @Nullable Reference<?> poll(ReferenceQueue<?> queue) {
    return dequeued(queue.poll());
  }

  public static Reference<?> remove(ReferenceQueue<?> queue) throws InterruptedException {
    Reference<?> reference = queue.remove();
    dequeued(reference);
    return reference;
  }

  public static @Nullable Reference<?> remove(ReferenceQueue<?> queue, long milliseconds)
      throws InterruptedException {
    return dequeued(queue.remove(milliseconds));
  }

  private static @Nullable Reference<?> dequeued(@Nullable Reference<?> reference) {
    if (reference != null) {
      ThreadState thread = ThreadState.current();
      Order.of(reference).acquire(thread);
      SyncVar fences = REFERENTS.get(reference);
      if (fences != null) {
        fences.acquire(thread);
      }
    }
    return reference;
  }

  /** An action that runs when an object is gone, of which it must not know. */
  private record Cleaning(SyncVar fences) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      fences.acquire(thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {}
  }

  /**
   * "The dequeuing of a reference to a registered object, by the Cleaner thread, happens-before the
   * Cleaner thread runs the cleaning action for that object." The call has the object to the end,
   * and so counts as a fence.
   */
  public static Cleaner.Cleanable register(Cleaner cleaner, Object object, Runnable action) {
    if (object == null || action == null) {
      return cleaner.register(object, action);
    }
    SyncVar fences = fences(object);
    fences.release(ThreadState.current());
    return cleaner.register(object, Callbacks.carried(action, new Cleaning(fences)));
  }
}
