package org.katagrade.checks.standstill;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

/** All threads of a check at one safepoint, with what they hold and wait for. */
public final class ThreadDump {

  /** Where the JDK's locks are; what they have in common with others is above them. */
  private static final String LOCKS = "java.util.concurrent.locks.";

  private final Map<Integer, Lock> names = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private ThreadDump() {}

  /** Takes a dump of every participant but the observer; virtual threads come last. */
  public static Standstill take(Thread observer, long quietMillis) {
    Map<Long, Thread> participants = new LinkedHashMap<>();
    for (Thread thread : Threads.participants()) {
      if (thread != observer) {
        participants.put(thread.threadId(), thread);
      }
    }
    ThreadDump dump = new ThreadDump();
    ThreadInfo[] infos = ManagementFactory.getThreadMXBean().dumpAllThreads(true, true);
    List<ThreadSnapshot> threads = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    for (ThreadInfo info : infos) {
      Thread thread = participants.get(info.getThreadId());
      if (thread != null) {
        threads.add(dump.snapshot(info, thread));
        if (holderIsGone(info, participants, observer)) {
          gone.add(info.getLockOwnerName());
        }
      }
    }
    threads.addAll(VirtualThreads.snapshots());
    return new Standstill(threads, gone.stream().distinct().toList(), quietMillis);
  }

  /** A holder that ended, or that stands in the check and not in the code that took the lock. */
  private static boolean holderIsGone(
      ThreadInfo info, Map<Long, Thread> participants, Thread observer) {
    long owner = info.getLockOwnerId();
    if (owner < 0 || info.getLockOwnerName() == null) {
      return false;
    }
    return owner == observer.threadId() || !participants.containsKey(owner);
  }

  private ThreadSnapshot snapshot(ThreadInfo info, Thread thread) {
    List<Frame> frames = Arrays.stream(info.getStackTrace()).map(Frame::of).toList();
    List<HeldLock> holds = new ArrayList<>();
    for (MonitorInfo monitor : info.getLockedMonitors()) {
      StackTraceElement at = monitor.getLockedStackFrame();
      holds.add(new HeldLock(name(monitor), at == null ? null : Frame.of(at)));
    }
    for (LockInfo lock : info.getLockedSynchronizers()) {
      holds.add(new HeldLock(name(lock), null));
    }
    return new ThreadSnapshot(
        info.getThreadName(),
        false,
        info.getThreadState(),
        waiting(info, thread, frames),
        info.getThreadState() == Thread.State.TIMED_WAITING,
        holds,
        frames);
  }

  private @Nullable Waiting waiting(ThreadInfo info, Thread thread, List<Frame> frames) {
    if (Waits.placeOf(thread) != null) {
      return new Waiting(Waiting.How.CHECK, null, null);
    }
    LockInfo lock = info.getLockInfo();
    Lock named = lock == null ? null : name(lock);
    return switch (info.getThreadState()) {
      case NEW, RUNNABLE, TERMINATED -> null;
      case BLOCKED -> new Waiting(Waiting.How.MONITOR, named, info.getLockOwnerName());
      case WAITING, TIMED_WAITING -> new Waiting(how(frames, info), named, info.getLockOwnerName());
    };
  }

  private static Waiting.How how(List<Frame> frames, ThreadInfo info) {
    for (Frame frame : frames) {
      if (frame.type().equals("java.lang.Object") && frame.method().startsWith("wait")) {
        return Waiting.How.NOTIFICATION;
      }
      if (frame.type().endsWith("ConditionObject") && frame.method().startsWith("await")) {
        return Waiting.How.CONDITION;
      }
    }
    LockInfo lock = info.getLockInfo();
    boolean owned = info.getLockOwnerName() != null;
    boolean looksLikeLock = lock != null && lock.getClassName().startsWith(LOCKS);
    return owned || looksLikeLock ? Waiting.How.LOCK : Waiting.How.PARKED;
  }

  private Lock name(LockInfo info) {
    return names.computeIfAbsent(
        info.getIdentityHashCode(),
        id -> {
          // The synchronizer inside a lock is the JDK's business; its lock is the student's.
          String type = info.getClassName();
          int inner = type.startsWith("java.util.concurrent.") ? type.indexOf('$') : -1;
          String shown = inner < 0 ? type : type.substring(0, inner);
          return new Lock(shown, counts.merge(shown, 1, Integer::sum));
        });
  }
}
