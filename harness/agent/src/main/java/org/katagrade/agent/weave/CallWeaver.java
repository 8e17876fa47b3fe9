package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.order.Arrays;
import org.katagrade.agent.order.Atomics;
import org.katagrade.agent.order.Callbacks;
import org.katagrade.agent.order.CollectionCall;
import org.katagrade.agent.order.CollectionFunctions;
import org.katagrade.agent.order.Collections;
import org.katagrade.agent.order.Futures;
import org.katagrade.agent.order.References;
import org.katagrade.agent.order.Streams;
import org.katagrade.agent.order.UnsafeMemory;
import org.katagrade.agent.race.Site;

/** Weaves a call of a method of the JDK. */
final class CallWeaver {

  private static final ClassDesc COLLECTIONS = MethodWeaver.describe(Collections.class);
  private static final ClassDesc FUNCTIONS = MethodWeaver.describe(CollectionFunctions.class);
  private static final ClassDesc ARRAYS = MethodWeaver.describe(Arrays.class);
  private static final ClassDesc ATOMICS = MethodWeaver.describe(Atomics.class);
  private static final ClassDesc REFERENCES = MethodWeaver.describe(References.class);
  private static final ClassDesc STREAMS = MethodWeaver.describe(Streams.class);
  private static final ClassDesc CALLBACKS = MethodWeaver.describe(Callbacks.class);
  private static final ClassDesc FUTURES = MethodWeaver.describe(Futures.class);
  private static final MethodTypeDesc GONE_OVER =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, MethodWeaver.STATE);
  private static final MethodTypeDesc ALL = MethodTypeDesc.of(CD_void, CD_Object, CD_boolean);
  private static final MethodTypeDesc RANGE =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, CD_boolean);
  private static final MethodTypeDesc WRITTEN =
      MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, MethodWeaver.STATE);
  private static final MethodTypeDesc HANDLE =
      MethodTypeDesc.of(
          CD_void, CD_Object, ConstantDescs.CD_Class, ConstantDescs.CD_String, CD_boolean);
  private static final ClassDesc UNSAFE = MethodWeaver.describe(UnsafeMemory.class);
  private static final ClassDesc FIELD = MethodWeaver.describe(Field.class);
  private static final ClassDesc FUTURE = MethodWeaver.describe(Future.class);
  private static final ClassDesc LOCK = MethodWeaver.describe(Lock.class);
  private static final ClassDesc THREAD = MethodWeaver.describe(Thread.class);
  private static final ClassDesc STATE = MethodWeaver.STATE;

  /** What gives the result of a future. */
  private static final Set<String> RESULTS = Set.of("get", "join", "getNow", "resultNow");

  private final MethodWeaver method;
  private final CodeBuilder code;
  private final int site;

  CallWeaver(MethodWeaver method, CodeBuilder code) {
    this.method = method;
    this.code = code;
    this.site = method.site();
  }

  void weave(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
    ClassContext context = method.context();
    CallTable.StandIn standIn =
        call.opcode() == Opcode.INVOKESPECIAL
            ? null
            : context
                .calls()
                .find(isStatic, owner, name, call.type().stringValue(), context.hierarchy());
    if (standIn != null) {
      code.invokestatic(standIn.owner(), name, standIn.type());
    } else if (name.equals("<init>")) {
      construct(call, owner);
    } else if (call.opcode() == Opcode.INVOKESPECIAL && isThreadStart(call)) {
      code.dup().invokestatic(MethodWeaver.HOOKS, "starting", MethodTypeDesc.of(CD_void, THREAD));
      code.with(call);
    } else if (call.opcode() == Opcode.INVOKESPECIAL
        && context.hierarchy().isSubtype(owner, Lock.class)
        && Hierarchy.isJdk(owner)
        && name.toLowerCase(Locale.ROOT).contains("lock")) {
      superLock(call, name);
    } else if (call.opcode() == Opcode.INVOKESPECIAL
        && RESULTS.contains(name)
        && Hierarchy.isJdk(owner)
        && context.hierarchy().isSubtype(owner, Future.class)) {
      code.with(call).aload(0);
      code.invokestatic(MethodWeaver.HOOKS, "gotSuper", MethodTypeDesc.of(CD_void, FUTURE));
    } else if (name.equals("clone")
        && call.type().equalsString("()Ljava/lang/Object;")
        && !owner.startsWith("[")) {
      code.dup().with(call).dup_x1();
      code.invokestatic(
          MethodWeaver.VARIABLES, "cloned", MethodTypeDesc.of(CD_void, CD_Object, CD_Object));
    } else if (isStatic) {
      callStatic(call, owner, name);
    } else {
      around(call, InlineCalls.of(owner, name, context.hierarchy()));
    }
  }

  /** A lock that extends one of the JDK's calls what it overrides. */
  private void superLock(InvokeInstruction call, String name) {
    if (name.equals("unlock")) {
      code.aload(0)
          .invokestatic(MethodWeaver.HOOKS, "givesSuper", MethodTypeDesc.of(CD_void, LOCK));
      code.with(call);
      return;
    }
    code.with(call);
    boolean tries = call.typeSymbol().returnType().equals(CD_boolean);
    if (tries && name.equals("tryLock")) {
      code.dup();
    } else if (name.equals("lock") || name.equals("lockInterruptibly")) {
      code.iconst_1();
    } else {
      return;
    }
    code.aload(0);
    code.invokestatic(
        MethodWeaver.HOOKS, "tookSuper", MethodTypeDesc.of(CD_void, CD_boolean, LOCK));
  }

  private static boolean isThreadStart(InvokeInstruction call) {
    return call.owner().asInternalName().equals("java/lang/Thread")
        && call.name().equalsString("start")
        && call.type().equalsString("()V");
  }

  private void callStatic(InvokeInstruction call, String owner, String name) {
    if (owner.equals("java/util/concurrent/CompletableFuture")) {
      stage(call, false);
    } else if (owner.equals("java/util/Arrays") && method.weavesAccesses()) {
      arrays(call, name);
    } else if (owner.equals("java/lang/String") && takesArray(call)) {
      characters(call);
    } else if (isPrinting(call) && method.weavesAccesses()) {
      printing(call);
    } else if (name.equals("newUpdater") && owner.endsWith("FieldUpdater")) {
      Spilled spilled = new Spilled(call, false);
      spilled.reload();
      code.with(call).dup();
      spilled.load(0);
      spilled.load(call.typeSymbol().parameterCount() - 1);
      code.iconst_0().invokestatic(ATOMICS, "handle", HANDLE);
    } else if (goesOver(owner, name, call.typeSymbol())) {
      goingOver(call, owner, name);
    } else {
      code.with(call);
    }
  }

  /** Whether a static method is the JDK's, and goes over the collections among its arguments. */
  static boolean goesOver(String owner, String name, MethodTypeDesc type) {
    return Hierarchy.isJdk(owner)
        && !CollectionCall.onlyWraps(name)
        && type.parameterList().stream().anyMatch(CallWeaver::isCollection);
  }

  /** A static method of the JDK that goes over the collections among its arguments. */
  private void goingOver(InvokeInstruction call, String owner, String name) {
    Spilled spilled = new Spilled(call, false);
    List<ClassDesc> parameters = call.typeSymbol().parameterList();
    boolean writes = CollectionCall.writesStatic(owner, name);
    for (int i = writes ? 1 : 0; i < parameters.size(); i++) {
      if (isCollection(parameters.get(i))) {
        spilled.load(i);
        code.loadConstant(watchedSite()).aload(method.stateSlot());
        code.invokestatic(COLLECTIONS, "copied", GONE_OVER);
      }
    }
    if (writes) {
      spilled.load(0);
      if (parameters.size() > 1 && !parameters.getLast().isPrimitive()) {
        spilled.load(parameters.size() - 1);
      } else {
        code.aconst_null();
      }
      code.loadConstant(watchedSite()).aload(method.stateSlot());
      code.invokestatic(COLLECTIONS, "written", WRITTEN);
    }
    spilled.reload();
    code.with(call);
    for (int i = writes ? 1 : 0; i < parameters.size(); i++) {
      if (isCollection(parameters.get(i))) {
        wasCopied(spilled, i);
      }
    }
    if (writes) {
      code.aload(method.stateSlot())
          .invokevirtual(STATE, "comparesNothing", ConstantDescs.MTD_void);
    }
  }

  private void wasCopied(Spilled spilled, int argument) {
    spilled.load(argument);
    code.aload(method.stateSlot());
    code.invokestatic(COLLECTIONS, "wasCopied", MethodTypeDesc.of(CD_void, CD_Object, STATE));
  }

  /** The site, for hooks that take order from all code; none if the class is not watched. */
  private int watchedSite() {
    return method.weavesAccesses() ? site : Site.NONE;
  }

  private static boolean isCollection(ClassDesc type) {
    return switch (type.descriptorString()) {
      case "Ljava/util/Collection;",
          "Ljava/util/List;",
          "Ljava/util/Set;",
          "Ljava/util/Map;",
          "Ljava/lang/Iterable;" ->
          true;
      default -> false;
    };
  }

  /** A method of {@link java.util.Arrays}: over all of each array, or a range of the first. */
  private void arrays(InvokeInstruction call, String name) {
    MethodTypeDesc type = call.typeSymbol();
    if (name.equals("asList") || type.parameterList().stream().noneMatch(ClassDesc::isArray)) {
      code.with(call);
      return;
    }
    Spilled spilled = new Spilled(call, false);
    boolean part =
        type.parameterCount() >= 3
            && type.parameterType(1).equals(CD_int)
            && type.parameterType(2).equals(CD_int);
    for (int i = 0; i < type.parameterCount(); i++) {
      if (!type.parameterType(i).isArray()) {
        continue;
      }
      spilled.load(i);
      if (part && i == 0) {
        spilled.loadInt(1);
        spilled.loadInt(2);
      }
      code.loadConstant(i == 0 && Arrays.writes(name) ? 1 : 0);
      code.invokestatic(ARRAYS, part && i == 0 ? "range" : "all", part && i == 0 ? RANGE : ALL);
    }
    spilled.reload();
    code.with(call);
  }

  /** A call that only asks its one argument, any object, for its text or its hash code. */
  private static boolean isPrinting(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    return call.type().stringValue().startsWith("(Ljava/lang/Object;)")
        && (owner.equals("java/lang/String") && name.equals("valueOf")
            || owner.equals("java/util/Objects")
                && (name.equals("toString") || name.equals("hashCode"))
            || owner.equals("java/io/PrintStream") && name.startsWith("print"));
  }

  private void printing(InvokeInstruction call) {
    printed();
    code.with(call);
  }

  /** Tells that the object on top of the stack is read as a whole. */
  private void printed() {
    code.dup().loadConstant(watchedSite()).aload(method.stateSlot());
    code.invokestatic(COLLECTIONS, "copied", GONE_OVER);
  }

  /** Text put together: an object among the parts is read as a whole. */
  void concatenate(InvokeDynamicInstruction call) {
    List<ClassDesc> parts = call.typeSymbol().parameterList();
    if (parts.stream().noneMatch(CallWeaver::mayBeCollection)) {
      code.with(call);
      return;
    }
    int[] slots = new int[parts.size()];
    for (int i = slots.length - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(parts.get(i));
      slots[i] = code.allocateLocal(kind);
      code.storeLocal(kind, slots[i]);
    }
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(TypeKind.from(parts.get(i)), slots[i]);
      if (mayBeCollection(parts.get(i))) {
        printed();
      }
    }
    code.with(call);
  }

  private static boolean mayBeCollection(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.equals("Ljava/lang/Object;") || descriptor.startsWith("Ljava/util/");
  }

  private boolean takesArray(InvokeInstruction call) {
    List<ClassDesc> parameters = call.typeSymbol().parameterList();
    return method.weavesAccesses()
        && !parameters.isEmpty()
        && parameters.getFirst().isArray()
        && parameters.getFirst().componentType().isPrimitive();
  }

  /** A text made of an array, or of so many elements of it, from one on. */
  private void characters(InvokeInstruction call) {
    MethodTypeDesc type = call.typeSymbol();
    Spilled spilled = new Spilled(call, false);
    boolean part =
        type.parameterCount() >= 3
            && type.parameterType(1).equals(CD_int)
            && type.parameterType(2).equals(CD_int);
    // Other calls of texts need no site.
    code.aload(method.stateSlot()).loadConstant(site).putfield(STATE, "call", CD_int);
    spilled.load(0);
    if (part) {
      spilled.loadInt(1);
      spilled.loadInt(1);
      spilled.loadInt(2);
      code.iadd();
    }
    code.iconst_0();
    code.invokestatic(ARRAYS, part ? "range" : "all", part ? RANGE : ALL);
    spilled.reload();
    code.with(call);
  }

  private void handle(InvokeInstruction call) {
    Spilled spilled = new Spilled(call, true);
    spilled.reload();
    code.with(call).dup();
    if (call.name().equalsString("unreflectVarHandle")) {
      spilled.load(0);
      code.invokestatic(ATOMICS, "reflected", MethodTypeDesc.of(CD_void, CD_Object, FIELD));
      return;
    }
    if (call.name().stringValue().startsWith("withInvoke")) {
      spilled.receiver();
      code.invokestatic(ATOMICS, "alike", MethodTypeDesc.of(CD_void, CD_Object, CD_Object));
      return;
    }
    spilled.load(0);
    spilled.load(1);
    code.loadConstant(call.name().equalsString("findStaticVarHandle") ? 1 : 0)
        .invokestatic(ATOMICS, "handle", HANDLE);
  }

  private void stage(InvokeInstruction call, boolean instance) {
    if (call.typeSymbol().returnType().isPrimitive()) {
      code.with(call);
      return;
    }
    Spilled spilled = new Spilled(call, instance);
    spilled.receiver();
    spilled.firstReference();
    code.aload(method.stateSlot());
    code.invokestatic(FUTURES, "before", MethodTypeDesc.of(CD_void, CD_Object, CD_Object, STATE));
    spilled.carry(FUTURES);
    spilled.reload();
    code.with(call).dup();
    spilled.receiver();
    code.aload(method.stateSlot());
    code.invokestatic(FUTURES, "after", MethodTypeDesc.of(CD_void, CD_Object, CD_Object, STATE));
  }

  /** The JDK's objects that are given a task when they are made. */
  private void construct(InvokeInstruction call, String owner) {
    if (!Hierarchy.isJdk(owner)) {
      code.with(call);
      return;
    }
    String type = call.type().stringValue();
    if (takesTask(owner, type)) {
      carryTask(type);
      code.with(call).dup();
      constructed();
      return;
    }
    if (isMadeForQueue(owner, type)) {
      madeForQueue(call, false);
      return;
    }
    if (owner.equals("java/lang/String") && takesArray(call)) {
      characters(call);
      return;
    }
    if (isCopying(call.typeSymbol())) {
      printed();
      Spilled spilled = new Spilled(call, false);
      spilled.reload();
      code.with(call);
      wasCopied(spilled, 0);
      return;
    }
    code.with(call);
  }

  /** Whether the one argument of a constructor may be a collection. */
  private static boolean isCopying(MethodTypeDesc constructor) {
    return constructor.parameterCount() == 1
        && switch (constructor.parameterType(0).descriptorString()) {
          case "Ljava/util/Collection;",
              "Ljava/util/Map;",
              "Ljava/util/SortedMap;",
              "Ljava/util/SortedSet;",
              "Ljava/util/PriorityQueue;",
              "Ljava/util/EnumMap;" ->
              true;
          default -> false;
        };
  }

  /** The call of a super constructor. */
  void constructSuper(InvokeInstruction call) {
    String type = call.type().stringValue();
    if (takesTask(call.owner().asInternalName(), type)) {
      carryTask(type);
      code.with(call).aload(0);
      constructed();
    } else if (isMadeForQueue(call.owner().asInternalName(), type)) {
      madeForQueue(call, true);
    } else {
      code.with(call);
    }
  }

  /** Whether the constructor makes a reference that will be enqueued. */
  private static boolean isMadeForQueue(String owner, String constructor) {
    return owner.startsWith("java/lang/ref/")
        && constructor.equals("(Ljava/lang/Object;Ljava/lang/ref/ReferenceQueue;)V");
  }

  private void madeForQueue(InvokeInstruction call, boolean self) {
    Spilled spilled = new Spilled(call, false);
    spilled.reload();
    code.with(call);
    if (self) {
      code.aload(0);
    } else {
      code.dup();
    }
    spilled.load(0);
    code.invokestatic(REFERENCES, "made", MethodTypeDesc.of(CD_void, CD_Object, CD_Object));
  }

  private static boolean takesTask(String owner, String constructor) {
    return owner.equals("java/util/concurrent/FutureTask")
        || owner.equals("java/util/concurrent/CyclicBarrier")
            && constructor.endsWith("/Runnable;)V");
  }

  /** Wraps the task among the arguments on the stack: the last, or the last but one. */
  private void carryTask(String constructor) {
    boolean result = constructor.endsWith("Ljava/lang/Object;)V");
    int slot = -1;
    if (result) {
      slot = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(slot);
    }
    code.invokestatic(CALLBACKS, "carried", MethodTypeDesc.of(CD_Object, CD_Object));
    code.checkcast(
        MethodWeaver.describe(
            constructor.contains("/Callable;") ? Callable.class : Runnable.class));
    if (result) {
      code.aload(slot);
    }
  }

  /** The object on the stack has been given the task. */
  private void constructed() {
    code.aload(method.stateSlot());
    code.invokestatic(CALLBACKS, "constructed", MethodTypeDesc.of(CD_void, CD_Object, STATE));
  }

  private void around(InvokeInstruction call, @Nullable InlineCalls kind) {
    if (kind == null && method.weavesAccesses()) {
      if (isPrinting(call)) {
        printing(call);
        return;
      }
      if (call.name().equalsString("clone") && call.owner().asInternalName().startsWith("[")) {
        code.dup().iconst_0();
        code.invokestatic(ARRAYS, "all", ALL);
      }
    }
    if (kind == null) {
      code.with(call);
      return;
    }
    switch (kind) {
      case COLLECTION -> collection(call);
      case ATOMIC -> atomic(call);
      case STREAM -> stream(call);
      case STAGE -> stage(call, true);
      case HANDLE -> handle(call);
      case UNSAFE -> unsafe(call);
    }
  }

  private void collection(InvokeInstruction call) {
    int flags =
        CollectionCall.of(
            call.owner().asInternalName(),
            call.name().stringValue(),
            call.typeSymbol().parameterCount());
    if (flags == CollectionCall.NOTHING) {
      code.with(call);
      return;
    }
    if (!method.weavesAccesses()) {
      flags |= CollectionCall.UNWATCHED;
    }
    Spilled spilled = new Spilled(call, true);
    spilled.receiver();
    spilled.firstReference();
    spilled.firstInt();
    code.loadConstant(flags).loadConstant(site).aload(method.stateSlot());
    code.invokestatic(
        COLLECTIONS,
        "before",
        MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, CD_int, CD_int, STATE));
    spilled.carryToCollection(flags);
    spilled.reload();
    code.with(call);
    ClassDesc result = call.typeSymbol().returnType();
    if (result.equals(CD_boolean)) {
      code.dup().invokestatic(COLLECTIONS, "boxed", MethodTypeDesc.of(CD_Object, CD_boolean));
    } else if (result.isPrimitive()) {
      code.aconst_null();
    } else {
      code.dup();
    }
    spilled.receiver();
    spilled.firstReference();
    code.loadConstant(flags).loadConstant(site).aload(method.stateSlot());
    code.invokestatic(
        COLLECTIONS,
        "after",
        MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_Object, CD_int, CD_int, STATE));
  }

  private void atomic(InvokeInstruction call) {
    int mode = Atomics.modeOf(call.owner().asInternalName(), call.name().stringValue());
    if (mode == Atomics.NOTHING) {
      code.with(call);
      return;
    }
    if (!method.weavesAccesses()) {
      mode |= Atomics.UNWATCHED;
    }
    Spilled spilled = new Spilled(call, true);
    MethodTypeDesc hook =
        MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, CD_int, CD_int, STATE);
    spilled.receiver();
    spilled.firstReference();
    spilled.firstInt();
    code.loadConstant(mode).loadConstant(site).aload(method.stateSlot());
    code.invokestatic(ATOMICS, "before", hook);
    spilled.carryToAtomic(mode);
    spilled.reload();
    code.with(call);
    success(call);
    spilled.receiver();
    spilled.firstReference();
    spilled.firstInt();
    code.loadConstant(mode).aload(method.stateSlot());
    code.invokestatic(
        ATOMICS,
        "after",
        MethodTypeDesc.of(CD_void, CD_boolean, CD_Object, CD_Object, CD_int, CD_int, STATE));
  }

  /** Leaves on the stack whether the call did what it was to do. */
  private void success(InvokeInstruction call) {
    if (call.typeSymbol().returnType().equals(CD_boolean)) {
      code.dup();
    } else {
      code.iconst_1();
    }
  }

  /** Memory by its address, which is an object and an offset. */
  private void unsafe(InvokeInstruction call) {
    String name = call.name().stringValue();
    MethodTypeDesc type = call.typeSymbol();
    if (name.endsWith("Fence")) {
      fence(call, name);
      return;
    }
    if (name.equals("objectFieldOffset") || name.equals("staticFieldOffset")) {
      Spilled spilled = new Spilled(call, true);
      spilled.reload();
      code.with(call);
      if (type.parameterType(0).equals(FIELD)) {
        code.dup2();
        spilled.load(0);
        code.invokestatic(UNSAFE, "offset", MethodTypeDesc.of(CD_void, CD_long, FIELD));
      }
      return;
    }
    int mode = UnsafeMemory.modeOf(name);
    if (mode == Atomics.NOTHING
        || type.parameterCount() < 2
        || !type.parameterType(0).equals(CD_Object)
        || !type.parameterType(1).equals(CD_long)) {
      code.with(call);
      return;
    }
    if (!method.weavesAccesses()) {
      mode |= Atomics.UNWATCHED;
    }
    Spilled spilled = new Spilled(call, true);
    spilled.load(0);
    spilled.loadLong(1);
    code.loadConstant(mode).loadConstant(site).aload(method.stateSlot());
    code.invokestatic(
        UNSAFE, "before", MethodTypeDesc.of(CD_void, CD_Object, CD_long, CD_int, CD_int, STATE));
    spilled.reload();
    code.with(call);
    if (name.startsWith("compareAndSwap")) {
      success(call);
    } else {
      code.iconst_1();
    }
    spilled.load(0);
    spilled.loadLong(1);
    code.loadConstant(mode).aload(method.stateSlot());
    code.invokestatic(
        UNSAFE, "after", MethodTypeDesc.of(CD_void, CD_boolean, CD_Object, CD_long, CD_int, STATE));
  }

  /** As {@link java.lang.invoke.VarHandle}'s of the same names. */
  private void fence(InvokeInstruction call, String name) {
    if (!name.equals("loadFence")) {
      code.aload(method.stateSlot()).invokevirtual(STATE, "fenceWrites", ConstantDescs.MTD_void);
    }
    code.with(call);
    if (!name.equals("storeFence")) {
      code.aload(method.stateSlot()).invokevirtual(STATE, "fenceReads", ConstantDescs.MTD_void);
    }
  }

  private void stream(InvokeInstruction call) {
    Spilled spilled = new Spilled(call, true);
    int step = Streams.stepOf(call.name().stringValue(), method.turnsParallel());
    spilled.receiver();
    code.loadConstant(step).aload(method.stateSlot());
    code.invokestatic(STREAMS, "before", MethodTypeDesc.of(CD_void, CD_Object, CD_int, STATE));
    spilled.carryToStream(step);
    spilled.reload();
    code.with(call);
    if (call.typeSymbol().returnType().isPrimitive()) {
      code.aconst_null();
    } else {
      code.dup();
    }
    spilled.receiver();
    code.loadConstant(step).aload(method.stateSlot());
    code.invokestatic(
        STREAMS, "after", MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, STATE));
  }

  /** The receiver and arguments of a call, in variables of their own. */
  private final class Spilled {

    private final MethodTypeDesc type;
    private final int[] slots;
    private final int receiver;

    Spilled(InvokeInstruction call, boolean instance) {
      type = call.typeSymbol();
      slots = new int[type.parameterCount()];
      for (int i = slots.length - 1; i >= 0; i--) {
        TypeKind kind = TypeKind.from(type.parameterType(i));
        slots[i] = code.allocateLocal(kind);
        code.storeLocal(kind, slots[i]);
      }
      receiver = instance ? code.allocateLocal(TypeKind.REFERENCE) : -1;
      if (instance) {
        code.astore(receiver);
      }
    }

    void receiver() {
      if (receiver < 0) {
        code.aconst_null();
      } else {
        code.aload(receiver);
      }
    }

    void loadInt(int argument) {
      code.iload(slots[argument]);
    }

    void loadLong(int argument) {
      code.lload(slots[argument]);
    }

    void load(int argument) {
      code.aload(slots[argument]);
    }

    /** The first argument, or the second after an index. */
    void firstReference() {
      int first = slots.length > 1 && type.parameterType(0).equals(CD_int) ? 1 : 0;
      if (slots.length > first && !type.parameterType(first).isPrimitive()) {
        code.aload(slots[first]);
      } else {
        code.aconst_null();
      }
    }

    /** The index into an array: the first argument or, of a handle, the second. */
    void firstInt() {
      for (int i = 0; i < Math.min(2, slots.length); i++) {
        if (type.parameterType(i).equals(CD_int)) {
          code.iload(slots[i]);
          return;
        }
      }
      code.iconst_m1();
    }

    /** Gives the functions among the arguments to a hook that returns what to pass instead. */
    void carry(ClassDesc hooks) {
      for (int i = 0; i < slots.length; i++) {
        ClassDesc parameter = type.parameterType(i);
        if (Callbacks.isFunction(parameter.descriptorString())) {
          code.aload(slots[i]);
          receiver();
          code.loadConstant(i);
          code.invokestatic(
              hooks, "carried", MethodTypeDesc.of(CD_Object, CD_Object, CD_Object, CD_int));
          code.checkcast(parameter).astore(slots[i]);
        }
      }
    }

    /** As {@link #carry}, with what the step does. */
    void carryToStream(int step) {
      for (int i = 0; i < slots.length; i++) {
        ClassDesc parameter = type.parameterType(i);
        if (Streams.isFunction(parameter.descriptorString())) {
          code.aload(slots[i]);
          receiver();
          code.loadConstant(i).loadConstant(step);
          code.invokestatic(
              STREAMS,
              "carried",
              MethodTypeDesc.of(CD_Object, CD_Object, CD_Object, CD_int, CD_int));
          code.checkcast(parameter).astore(slots[i]);
        }
      }
    }

    /** As {@link #carry}, with what an atomic object goes by. */
    void carryToAtomic(int mode) {
      for (int i = 0; i < slots.length; i++) {
        ClassDesc parameter = type.parameterType(i);
        if (Callbacks.isFunction(parameter.descriptorString())) {
          code.aload(slots[i]);
          receiver();
          firstReference();
          firstInt();
          code.loadConstant(mode).aload(method.stateSlot());
          code.invokestatic(
              ATOMICS,
              "carried",
              MethodTypeDesc.of(CD_Object, CD_Object, CD_Object, CD_Object, CD_int, CD_int, STATE));
          code.checkcast(parameter).astore(slots[i]);
        }
      }
    }

    /** As {@link #carry}, with what a collection goes by: the key, if there is one. */
    void carryToCollection(int flags) {
      for (int i = 0; i < slots.length; i++) {
        ClassDesc parameter = type.parameterType(i);
        if (Callbacks.isFunction(parameter.descriptorString())) {
          code.aload(slots[i]);
          receiver();
          firstReference();
          code.loadConstant(flags);
          code.invokestatic(
              FUNCTIONS,
              "carried",
              MethodTypeDesc.of(CD_Object, CD_Object, CD_Object, CD_Object, CD_int));
          code.checkcast(parameter).astore(slots[i]);
        }
      }
    }

    void reload() {
      if (receiver >= 0) {
        code.aload(receiver);
      }
      for (int i = 0; i < slots.length; i++) {
        code.loadLocal(TypeKind.from(type.parameterType(i)), slots[i]);
      }
    }
  }
}
