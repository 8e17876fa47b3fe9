package org.katagrade.agent.race;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the detector keeps of one thread: its clock, its stack of calls, and the locks it holds.
 * Used by that thread alone, and by others when they have waited for its end.
 */
public final class ThreadState {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final ThreadLocal<ThreadState> CURRENT = new ThreadLocal<>();

  /**
   * Some of the same, by the threads' identifiers, for being faster. Not volatile: a thread finds
   * nothing there that it did not put there itself.
   */
  private static final @Nullable ThreadState[] LATEST = new @Nullable ThreadState[256];

  /** The thread for which nobody stands in; only ever that of the calling thread. */
  private static @Nullable Thread unheard;

  /** Deeper stacks are cut at the outer end. */
  private static final int MOST_CALLS = 64;

  private static final int RECENT = 32;

  /** Stacks that overflow are far deeper, unless somebody asked for very small ones. */
  private static final int DEEP = 100;

  private final int number = NUMBERS.getAndIncrement();
  private final long id;
  private final String name;
  private final Access[] recent = new Access[RECENT];
  private final Recent<@Nullable Cell[]> shadows = new Recent<>();
  private final Recent<SyncVar> locks = new Recent<>();
  private @Nullable Object lastArray;
  private @Nullable Cell @Nullable [] lastShadow;
  private @Nullable Object earlierArray;
  private @Nullable Cell @Nullable [] earlierShadow;
  private @Nullable Object lastWhole;
  private @Nullable Cell @Nullable [] lastWholeShadow;
  private VectorClock known;
  private Epoch epoch = new Epoch(this, 1);

  /** Whether there is something in it, or before it, that a release would pass on. */
  private boolean epochTold;

  private int[] calls = new int[16];
  private int depth;
  private @Nullable HeldLock held;

  /**
   * The lock whose data it reads although somebody writes, which it was told: correct code throws
   * away what it reads.
   */
  private @Nullable HeldLock glimpse;

  /** Most often the thread takes the same lock again, at the same place. */
  private @Nullable HeldLock gaveLast;

  private final BitSet initialised = new BitSet();
  private @Nullable SyncVar reads;
  private @Nullable VectorClock replacedBefore;
  private @Nullable SyncVar writes;
  private long begun;
  private @Nullable VectorClock releasedAlone;
  private @Nullable VectorClock beforeRelease;
  private @Nullable VectorClock afterRelease;
  private long noise;
  private VectorClock fenced = VectorClock.NONE;
  private VectorClock heard = VectorClock.NONE;
  private @Nullable Reached reached;

  /** The site of the call that the thread is making; woven code sets it before each call. */
  public int call;

  /** The task that was given to an object under construction. */
  public @Nullable Object given;

  /** What others placed in a collection that may compare elements in the call under way. */
  public @Nullable SyncVar comparing;

  /**
   * Where what the call under way compares is told of, for those that come after it; null if nobody
   * does. Told of at once, as in {@link LockingCalls#release}.
   */
  public @Nullable SyncVar compared;

  /** The calls under way that lock by themselves. */
  public final LockingCalls locking = new LockingCalls();

  /** The task that the thread runs for an executor or future; null if none. */
  public @Nullable RunningTask running;

  /** The stage of a computation that the thread is making. */
  public @Nullable Object stage;

  /** Stands in for threads that nobody listens to. */
  private static final class Nobody {
    static final ThreadState STATE = new ThreadState();
  }

  private ThreadState() {
    id = 0;
    name = "";
    known = VectorClock.NONE;
  }

  /** Whether this stands in for threads that nobody listens to. */
  boolean isNobody() {
    return id == 0;
  }

  private ThreadState(Thread thread) {
    id = thread.threadId();
    name =
        thread.getName().isEmpty()
            ? (thread.isVirtual() ? "virtual thread #" : "thread #") + thread.threadId()
            : thread.getName();
    known = ThreadTable.enter(thread, this);
  }

  /** Of the thread that asks. */
  public static ThreadState current() {
    long id = Thread.currentThread().threadId();
    ThreadState state = LATEST[(int) id & LATEST.length - 1];
    return state != null && state.id == id ? state : lookUp(id);
  }

  /** From now on nothing is kept of this thread, if it is the caller; null for every thread. */
  public static void ignore(@Nullable Thread thread) {
    unheard = thread;
  }

  private static ThreadState lookUp(long id) {
    Thread silent = unheard;
    if (silent != null && silent == Thread.currentThread()) {
      return Nobody.STATE;
    }
    ThreadState state = CURRENT.get();
    if (state == null) {
      state = ofNew(Thread.currentThread());
      CURRENT.set(state);
    }
    LATEST[(int) id & LATEST.length - 1] = state;
    return state;
  }

  /** Workers of the common pool forget their thread locals after each task, and have been here. */
  private static ThreadState ofNew(Thread thread) {
    ThreadState known = thread instanceof ForkJoinWorkerThread ? ThreadTable.stateOf(thread) : null;
    return known == null ? new ThreadState(thread) : known;
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
      leaveAll();
    }
  }

  private void leaveAll() {
    call = Site.NONE;
    lastArray = null;
    lastShadow = null;
    earlierArray = null;
    earlierShadow = null;
    lastWhole = null;
    lastWholeShadow = null;
    locking.endAll();
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

  /** A read with order is about to take place. */
  public void beginRead(SyncVar order) {
    reads = order;
    replacedBefore = order.replaced();
  }

  /**
   * The read has taken place. If a write took the place of others meanwhile, it may have seen any
   * of these.
   */
  public void endRead(SyncVar order) {
    acquire(order.clock());
    VectorClock replaced = order.replaced();
    if (replaced != null && (reads != order || replaced != replacedBefore)) {
      acquire(replaced);
    }
    reads = null;
  }

  /** A write that releases is about to take place; perhaps it does not. */
  public void beginWrite(SyncVar order) {
    begun = order.beginWrite();
    releasedAlone = release();
    VectorClock before;
    VectorClock after;
    do {
      before = order.clock();
      after = releasedAlone.join(before);
    } while (!order.replace(before, after));
    beforeRelease = before;
    afterRelease = after;
    writes = order;
  }

  /**
   * The write has or has not taken place.
   *
   * @param replaces whether who sees it does not see those before it
   */
  public void endWrite(SyncVar order, boolean success, boolean replaces) {
    VectorClock before = beforeRelease;
    VectorClock after = afterRelease;
    VectorClock alone = releasedAlone;
    if (writes != order || before == null || after == null || alone == null) {
      // A function that ran within has written elsewhere; what was released stays released.
      order.endWrite();
      return;
    }
    if (!success) {
      order.replace(after, before);
    }
    if (success && replaces) {
      order.endWrite(begun, after, alone);
    } else {
      order.endWrite();
    }
    writes = null;
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
    if (epochTold) {
      known = known.with(number, epoch.time());
      nextEpoch();
    }
    return known;
  }

  private void nextEpoch() {
    epoch = new Epoch(this, epoch.time() + 1);
    epochTold = false;
  }

  /** All the thread ever did, for those that know it has ended. */
  VectorClock end() {
    return known.with(number, epoch.time());
  }

  /** Notes that the thread holds a lock. */
  public void took(Object lock, Object identity, boolean shared) {
    if (glimpses(identity)) {
      throwAway();
    }
    HeldLock last = gaveLast;
    held =
        last != null
                && last.lock() == lock
                && last.identity() == identity
                && last.site() == call
                && last.shared() == shared
                && last.before() == held
            ? last
            : new HeldLock(lock, identity, call, shared, held);
  }

  /** Notes that the thread no longer holds a lock. */
  public void gave(Object identity, boolean shared) {
    gaveLast = held;
    held = HeldLock.without(held, identity, shared);
  }

  /** Notes that the thread no longer reads a lock's data optimistically, if it did. */
  public void gaveShared(Object identity) {
    if (glimpses(identity)) {
      throwAway();
    } else {
      gave(identity, true);
    }
  }

  /**
   * Notes that the thread was told that somebody writes, and may read a lock's data all the same.
   * Races with those who hold the lock are told of if it never comes back to the lock.
   */
  public void glimpse(Object lock) {
    took(lock, lock, true);
    glimpse = held;
  }

  /** Whether {@link #glimpse} was called of this lock, and nothing of it since. */
  public boolean glimpses(Object identity) {
    HeldLock lock = glimpse;
    return lock != null && lock.identity() == identity;
  }

  private void throwAway() {
    HeldLock lock = glimpse;
    if (lock != null) {
      glimpse = null;
      gave(lock.identity(), true);
      Races.forget(this, lock.identity());
    }
  }

  /** The lock of {@link #glimpse}; null if there is none. */
  @Nullable HeldLock glimpse() {
    return glimpse;
  }

  /** The locks it has, without that of {@link #glimpse}. */
  @Nullable HeldLock heldForCertain() {
    HeldLock all = locking.with(held);
    HeldLock lock = glimpse;
    return lock == null ? all : HeldLock.without(all, lock.identity(), true);
  }

  boolean knowsInitialisation(int type) {
    return initialised.get(type);
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
    Freeze freeze = new Freeze(epoch);
    nextEpoch();
    epochTold = true; // the one before was not released
    return freeze;
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

  Epoch epoch() {
    return epoch;
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  Recent<@Nullable Cell[]> shadows() {
    return shadows;
  }

  /** The shadow of an array, if it is one of the two that the thread used last. */
  @Nullable Cell @Nullable [] lastShadow(@Nullable Object array) {
    return array == lastArray ? lastShadow : array == earlierArray ? earlierShadow : null;
  }

  /** Notes the shadow of an array, which is kept until the thread leaves woven code. */
  void lastShadow(Object array, @Nullable Cell[] shadow) {
    if (array != lastArray) {
      earlierArray = lastArray;
      earlierShadow = lastShadow;
      lastArray = array;
      lastShadow = shadow;
    }
  }

  /** The shadow of an object that counts as one variable, if it is the one used last. */
  @Nullable Cell @Nullable [] lastWhole(Object object) {
    return object == lastWhole ? lastWholeShadow : null;
  }

  /** Notes the shadow of such an object, which is kept until the thread leaves woven code. */
  void lastWhole(Object object, @Nullable Cell[] shadow) {
    lastWhole = object;
    lastWholeShadow = shadow;
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
    HeldLock locks = locking.with(held);
    int slot = (write ? ~site : site) & RECENT - 1;
    Access last = recent[slot];
    boolean sameWay = last != null && last.site == site && cameAlong(last.calls);
    if (last != null
        && sameWay
        && last.when == epoch
        && last.write == write
        && last.atomic == atomic
        && last.held == locks) {
      return last;
    }
    int[] path =
        last != null && sameWay ? last.calls : Arrays.copyOfRange(calls, outermost(), depth);
    epochTold = true;
    Access access = new Access(epoch, site, write, atomic, path, locks);
    recent[slot] = access;
    locking.release(this);
    tellWhatIsCompared();
    return access;
  }

  private void tellWhatIsCompared() {
    SyncVar all = comparing;
    SyncVar to = compared;
    if (all != null && to != null) {
      to.release(this);
      all.join(to.clock());
    }
  }

  /** The call that compared has ended, or a function begins that is no part of it. */
  public void comparesNothing() {
    comparing = null;
    compared = null;
  }

  private int outermost() {
    return Math.max(0, depth - MOST_CALLS);
  }

  /** Whether the stack looks as it did. */
  private boolean cameAlong(int[] path) {
    return Arrays.equals(path, 0, path.length, calls, outermost(), depth);
  }
}
