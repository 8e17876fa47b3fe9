package org.katagrade.agent.race;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the detector keeps of one thread: its clock, its stack of calls, and the locks it holds.
 * Used by that thread alone, and by others when they have waited for its end.
 */
public final class ThreadState {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final ThreadLocal<ThreadState> CURRENT = new ThreadLocal<>();

  /** Deeper stacks are cut at the outer end. */
  private static final int MOST_CALLS = 64;

  private static final int RECENT = 32;

  /** Stacks that overflow are far deeper, unless somebody asked for very small ones. */
  private static final int DEEP = 100;

  private final int number = NUMBERS.getAndIncrement();
  private final String name;
  private final Access[] recent = new Access[RECENT];
  private final Recent<Object[]> shadows = new Recent<>();
  private final Recent<SyncVar> locks = new Recent<>();
  private VectorClock known;
  private long time = 1;
  private int[] calls = new int[16];
  private int depth;
  private @Nullable HeldLock held;
  private final BitSet initialised = new BitSet();
  private @Nullable VectorClock beforeRelease;
  private @Nullable VectorClock afterRelease;
  private long noise;
  private VectorClock fenced = VectorClock.NONE;
  private VectorClock heard = VectorClock.NONE;
  private @Nullable Reached reached;

  /** The site of the call that the thread is making; woven code sets it before each call. */
  public int call;

  /** The order of a task that was given to an object under construction. */
  public @Nullable SyncVar given;

  /** The key of the call that the thread is about to make of a concurrent map. */
  public @Nullable Object key;

  /** What others placed in a collection that compares elements in the call under way. */
  public @Nullable SyncVar sorting;

  /** The stage of a computation that the thread is making. */
  public @Nullable Object stage;

  private ThreadState(Thread thread) {
    name =
        thread.getName().isEmpty()
            ? (thread.isVirtual() ? "virtual thread #" : "thread #") + thread.threadId()
            : thread.getName();
    known = ThreadTable.enter(thread, this);
  }

  /** Of the thread that asks. */
  public static ThreadState current() {
    ThreadState state = CURRENT.get();
    if (state == null) {
      state = new ThreadState(Thread.currentThread());
      CURRENT.set(state);
    }
    return state;
  }

  /** Whether so much is on the stack that it may overflow. */
  public boolean isDeep() {
    return depth > DEEP;
  }

  /** Notes the call that led into a method, and returns what {@link #leave} wants. */
  public int enter() {
    int before = depth;
    if (before == calls.length) {
      calls = Arrays.copyOf(calls, 2 * before);
    }
    calls[before] = call;
    depth = before + 1;
    return before;
  }

  /** Notes the end of the method that got this from {@link #enter}. */
  public void leave(int before) {
    depth = before;
    if (before == 0) {
      call = Site.NONE;
    }
  }

  /** A call that code outside makes, if no woven method is on the stack. */
  public void callFromOutside() {
    if (depth == 0) {
      call = Site.NONE;
    }
  }

  /** Back in a method that it entered at this depth, after an exception. */
  public void back(int before) {
    depth = before + 1;
  }

  /** Takes over what is known where the thread came to wait. */
  public void acquire(VectorClock clock) {
    known = known.join(clock);
  }

  /** Releases there for as long as it is not known whether the write took place. */
  public void release(SyncVar order) {
    VectorClock released = release();
    VectorClock before;
    VectorClock after;
    do {
      before = order.clock();
      after = released.join(before);
    } while (!order.replace(before, after));
    beforeRelease = before;
    afterRelease = after;
  }

  /** The write did not take place. */
  public void takeBack(SyncVar order) {
    VectorClock after = afterRelease;
    VectorClock before = beforeRelease;
    if (after != null && before != null) {
      order.replace(after, before);
    }
  }

  /** What writes that order nothing by themselves pass on from now on. */
  public void fenceWrites() {
    fenced = release();
  }

  /** What was read before without order is now ordered. */
  public void fenceReads() {
    acquire(heard);
  }

  /** A write without order of its own, after which this fence, if any, holds. */
  public void pass(SyncVar order) {
    if (fenced != VectorClock.NONE) {
      order.join(fenced);
    }
  }

  /** A read without order of its own. */
  public void hear(SyncVar order) {
    heard = heard.join(order.clock());
  }

  /** What others may take over, up to now; what the thread does next is later. */
  public VectorClock release() {
    known = known.with(number, time);
    time++;
    return known;
  }

  /** All the thread ever did, for those that know it has ended. */
  VectorClock end() {
    return known.with(number, time);
  }

  /** Notes that the thread holds a lock. */
  public void took(Object lock, Object identity, boolean shared) {
    held = new HeldLock(lock.getClass().getName(), lockNumber(lock), identity, call, shared, held);
  }

  /** Notes that the thread no longer holds a lock. */
  public void gave(Object identity, boolean shared) {
    held = HeldLock.without(held, identity, shared);
  }

  /** Notes that the thread no longer reads a lock's data optimistically, if it did. */
  public void gaveShared(Object identity) {
    gave(identity, true);
  }

  @Nullable HeldLock held() {
    return held;
  }

  private static int lockNumber(Object lock) {
    return System.identityHashCode(lock) & 0xffff;
  }

  boolean knowsInitialisation(WovenClass type) {
    return initialised.get(type.number);
  }

  void acquireInitialisation(WovenClass type) {
    if (!initialised.get(type.number)) {
      VectorClock clock = type.initialised.clock();
      if (clock != VectorClock.NONE) {
        initialised.set(type.number);
        acquire(clock);
      }
    }
  }

  /** The end of a constructor; what the thread does next is later. */
  Freeze freeze() {
    return new Freeze(this, time++);
  }

  boolean reachedAny() {
    return reached != null;
  }

  Reached reached() {
    Reached objects = reached;
    if (objects == null) {
      objects = new Reached();
      reached = objects;
    }
    return objects;
  }

  VectorClock known() {
    return known;
  }

  long time() {
    return time;
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  Recent<Object[]> shadows() {
    return shadows;
  }

  /** The order through locks that the thread used last. */
  public Recent<SyncVar> locks() {
    return locks;
  }

  /** Perhaps lets other threads go first. */
  void noise() {
    noise = Noise.at(noise, number);
  }

  /** An access from here and now; the same one as before where nothing differs. */
  Access access(int site, boolean write, boolean atomic) {
    int slot = (write ? ~site : site) & RECENT - 1;
    Access last = recent[slot];
    if (last != null
        && last.site == site
        && last.time == time
        && last.write == write
        && last.atomic == atomic
        && last.held == held
        && cameAlong(last.calls)) {
      return last;
    }
    int from = Math.max(0, depth - MOST_CALLS);
    Access access =
        new Access(this, time, site, write, atomic, Arrays.copyOfRange(calls, from, depth), held);
    recent[slot] = access;
    return access;
  }

  /** Whether the stack looks as it did; the innermost calls decide. */
  private boolean cameAlong(int[] path) {
    int from = Math.max(0, depth - MOST_CALLS);
    if (path.length != depth - from) {
      return false;
    }
    for (int i = 1; i <= Math.min(4, path.length); i++) {
      if (path[path.length - i] != calls[depth - i]) {
        return false;
      }
    }
    return true;
  }
}
