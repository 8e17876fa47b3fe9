package org.katagrade.agent.weave;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What is woven of the calls in one class loader's classes. */
final class StepCalls {

  private static final String ORDER = "org/katagrade/agent/order/";
  private static final String MONITORS = "org.katagrade.agent.explore.Monitors";
  private static final String STEPS = "org.katagrade.agent.explore.Steps";
  private static final String JDK = "org.katagrade.agent.explore.JdkHooks";

  /** A static method that is called instead, with the receiver as its first argument. */
  record Hook(ClassDesc owner, String name) {

    Hook(String owner, String name) {
      this(ClassDesc.of(owner), name);
    }
  }

  /** By name and type; of any class, for they are methods of {@link Object}. */
  private static final Map<String, Hook> OF_ANY =
      Map.of(
          "wait()V", new Hook(MONITORS, "await"),
          "wait(J)V", new Hook(MONITORS, "await"),
          "wait(JI)V", new Hook(MONITORS, "await"),
          "notify()V", new Hook(MONITORS, "notifyOne"),
          "notifyAll()V", new Hook(MONITORS, "notifyAll"));

  /** By name and type; of any thread. */
  private static final Map<String, Hook> OF_THREADS =
      Map.of("threadId()J", new Hook(JDK, "threadId"), "getId()J", new Hook(JDK, "threadId"));

  /** By owner, name and type. */
  private static final Map<String, Hook> INSTEAD =
      Map.ofEntries(
          Map.entry("java/lang/Thread.onSpinWait()V", new Hook(JDK, "spins")),
          Map.entry("java/lang/Thread.holdsLock(Ljava/lang/Object;)Z", new Hook(MONITORS, "holds")),
          Map.entry("java/lang/System.nanoTime()J", new Hook(JDK, "nanoTime")),
          Map.entry("java/lang/System.currentTimeMillis()J", new Hook(JDK, "currentTimeMillis")),
          Map.entry("java/lang/System.exit(I)V", new Hook(JDK, "exit")),
          Map.entry("java/lang/Runtime.exit(I)V", new Hook(JDK, "exit")),
          Map.entry("java/lang/Runtime.halt(I)V", new Hook(JDK, "halt")),
          Map.entry("java/lang/Math.random()D", new Hook(JDK, "random")),
          Map.entry(
              "java/lang/System.identityHashCode(Ljava/lang/Object;)I",
              new Hook(STEPS, "identityHashCode")),
          Map.entry("java/lang/Object.hashCode()I", new Hook(STEPS, "hashCode")),
          Map.entry(
              ORDER + "Monitors.wait(Ljava/lang/Object;)V",
              new Hook("org.katagrade.agent.explore.WatchedMonitors", "await")),
          Map.entry(
              ORDER + "Monitors.wait(Ljava/lang/Object;J)V",
              new Hook("org.katagrade.agent.explore.WatchedMonitors", "await")),
          Map.entry(
              ORDER + "Monitors.timedWait(Ljava/util/concurrent/TimeUnit;Ljava/lang/Object;J)V",
              new Hook("org.katagrade.agent.explore.WatchedMonitors", "timedWait")),
          Map.entry(
              ORDER + "Monitors.wait(Ljava/lang/Object;JI)V",
              new Hook("org.katagrade.agent.explore.WatchedMonitors", "await")));

  /** Packages and classes of {@code java.util.concurrent} in which threads do not meet. */
  private static final Set<String> ALONE =
      Set.of(
          "java/util/concurrent/TimeUnit",
          "java/util/concurrent/ThreadLocalRandom",
          "java/util/concurrent/Executors",
          "java/util/concurrent/Callable",
          "java/util/concurrent/ThreadFactory");

  /** By which threads learn of each other. */
  private static final Set<String> OF_THREAD =
      Set.of("interrupt", "isInterrupted", "interrupted", "isAlive", "getState");

  /** Types of which an object may be one that the JDK locks, as a whole method does. */
  private static final Set<String> MAY_LOCK =
      Set.of(
          "java/lang/StringBuffer",
          "java/lang/Iterable",
          "java/util/Collection",
          "java/util/Dictionary",
          "java/util/Hashtable",
          "java/util/List",
          "java/util/Map",
          "java/util/Properties",
          "java/util/Stack",
          "java/util/Vector");

  /** Classes whose methods wait for other processes, or for the network. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "java/lang/Process",
          "java/lang/ProcessBuilder",
          "java/net/DatagramSocket",
          "java/net/ServerSocket",
          "java/net/Socket");

  private final Hierarchy hierarchy;

  StepCalls(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
  }

  Hierarchy hierarchy() {
    return hierarchy;
  }

  /** What is called instead of a method; null if it is called itself. */
  @Nullable Hook insteadOf(InvokeInstruction call) {
    if (call.opcode() == Opcode.INVOKESPECIAL
        && !call.owner().asInternalName().equals("java/lang/Object")) {
      return null;
    }
    return insteadOf(
        call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue());
  }

  private @Nullable Hook insteadOf(String owner, String name, String descriptor) {
    String key = name + descriptor;
    Hook hook = OF_ANY.get(key);
    if (hook != null) {
      return owner.startsWith(ORDER) ? INSTEAD.get(owner + "." + key) : hook;
    }
    hook = OF_THREADS.get(key);
    if (hook != null && hierarchy.isSubtype(owner, Thread.class)) {
      return hook;
    }
    return owner.startsWith("java/lang/") || owner.startsWith(ORDER)
        ? INSTEAD.get(owner + "." + key)
        : null;
  }

  /** Whether a reference to such a method has to be written out as a call. */
  boolean isOfInterest(String owner, String name, String descriptor) {
    return insteadOf(owner, name, descriptor) != null
        || isStep(owner, name)
        || mayLock(owner, name)
        || lockOf(owner, name) != LockCall.NONE;
  }

  /**
   * The class whose method is really called, where the detector has put another method in its
   * place.
   */
  static String ownerOf(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    MethodTypeDesc type = call.typeSymbol();
    if (owner.startsWith(ORDER)
        && call.opcode() == Opcode.INVOKESTATIC
        && type.parameterCount() > 0
        && type.parameterType(0).isClassOrInterface()) {
      return MethodReferences.internalName(type.parameterType(0));
    }
    return owner;
  }

  /** Whether threads have to do with each other by such a call. */
  boolean isStep(String owner, String name) {
    if (name.equals("<init>")) {
      return false;
    }
    if (owner.startsWith("java/util/concurrent/")) {
      return !ALONE.contains(owner) && !owner.startsWith("java/util/concurrent/Flow");
    }
    if (OF_THREAD.contains(name) && hierarchy.isSubtype(owner, Thread.class)) {
      return true;
    }
    if (owner.equals("java/lang/invoke/VarHandle")) {
      return !name.endsWith("Fence") && !name.startsWith("withInvoke") && !name.equals("varType");
    }
    return owner.startsWith("java/util/")
        && (hierarchy.isSubtype(owner, Collection.class) || hierarchy.isSubtype(owner, Map.class));
  }

  /** Whether such a call may wait for what is outside of the JVM. */
  static boolean leavesTheJvm(String owner, String name) {
    if (name.equals("<init>")) {
      return owner.equals("java/net/Socket");
    }
    return (OUTSIDE.contains(owner) && !name.equals("close"))
        || owner.startsWith("java/net/http/")
        || (owner.startsWith("java/nio/channels/") && !owner.contains("File"))
        || (owner.equals("java/lang/Runtime") && name.equals("exec"));
  }

  /** Whether such a call may lock its receiver within the JDK, for as long as it takes. */
  static boolean mayLock(String owner, String name) {
    return MAY_LOCK.contains(owner) && !name.equals("<init>");
  }

  /** What a call does with a lock. */
  enum LockCall {
    NONE,
    /** Takes it when it returns, if what it returns is not false or 0. */
    TAKES,
    GIVES
  }

  LockCall lockOf(String owner, String name) {
    boolean stamped = owner.equals("java/util/concurrent/locks/StampedLock");
    if (!stamped && !(Hierarchy.isJdk(owner) && hierarchy.isSubtype(owner, Lock.class))) {
      return LockCall.NONE;
    }
    return switch (name) {
      case "lock", "lockInterruptibly", "tryLock" -> LockCall.TAKES;
      case "readLock",
          "readLockInterruptibly",
          "tryReadLock",
          "writeLock",
          "writeLockInterruptibly",
          "tryWriteLock" ->
          stamped ? LockCall.TAKES : LockCall.NONE;
      case "unlock", "unlockRead", "unlockWrite" -> LockCall.GIVES;
      default -> LockCall.NONE;
    };
  }
}
