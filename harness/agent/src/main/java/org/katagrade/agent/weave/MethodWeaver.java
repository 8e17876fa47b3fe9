package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Cell;
import org.katagrade.agent.race.FieldRef;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;
import org.katagrade.agent.race.WovenClass;

/**
 * Weaves one method. The thread's state is looked up once, at the start; what is added contains no
 * jump, so the frames of the method stay valid.
 *
 * <p>No lambdas and no patterns in switches on the way that each class takes: they are linked when
 * first run, one after the other, which a program would feel that takes a tenth of a second.
 */
final class MethodWeaver implements CodeTransform {

  /** Weaving makes code up to six times as long, and a method must stay below 64 KB. */
  private static final int LONGEST = 9_000;

  private static final Set<String> SIGNALS =
      Set.of("onSubscribe", "onNext", "onError", "onComplete");

  private static final Set<String> THREADS =
      Set.of("Ljava/lang/Thread;", "Ljava/util/concurrent/ForkJoinWorkerThread;");

  static final ClassDesc STATE = describe(ThreadState.class);
  static final ClassDesc VARIABLES = describe(Variables.class);
  static final ClassDesc HOOKS = ClassDesc.of("org.katagrade.agent.order.Hooks");
  static final ClassDesc CD_Class = ConstantDescs.CD_Class;
  static final ClassDesc CELLS = describe(Cell[].class);
  private static final MethodTypeDesc OWN =
      MethodTypeDesc.of(CD_void, CD_Object, CELLS, CD_int, CD_int, CD_int, STATE);
  private static final MethodTypeDesc OWN_REFERENCE =
      MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CELLS, CD_int, CD_int, CD_int, STATE);

  private final ClassContext context;
  private final MethodModel method;
  private final boolean isStatic;
  private final boolean isConstructor;
  private final boolean isSynchronized;

  /** Whether the JDK runs it as the task that the object is. */
  private final boolean isTask;

  /** Whether it is the run of a task that may have been given to a pool. */
  private final boolean isRun;

  /** Whether it is a thread's constructor, or returns a thread, as those of factories do. */
  private final boolean makesThread;

  private final boolean weaveAccesses;
  private final boolean makesCalls;

  /** Whether it calls {@code parallel}, perhaps of a stream. */
  private final boolean turnsParallel;

  private final Handlers handlers;
  private final int state;
  private final int depth;
  private final int lock;
  private final Frames frames;
  private final List<StackMapFrameInfo> written = new ArrayList<>();
  private @Nullable Label start;
  private int line;
  private int sitedLine = -1;
  private int site;

  /** In a constructor, objects created and not yet constructed; the super call is one too many. */
  private int unconstructed;

  private boolean constructed;

  MethodWeaver(ClassContext context, MethodModel method, CodeModel code) {
    this.context = context;
    this.method = method;
    isStatic = method.flags().has(AccessFlag.STATIC);
    isConstructor = method.methodName().equalsString(ConstantDescs.INIT_NAME);
    isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
    isTask = !isStatic && isTask(context, method);
    isRun = !isStatic && !isTask && !isSynchronized && isRun(context, method);
    makesThread =
        isConstructor
            ? context
                .hierarchy()
                .isSubtype(context.model().thisClass().asInternalName(), Thread.class)
            : THREADS.contains(method.methodTypeSymbol().returnType().descriptorString());
    constructed = !isConstructor;
    CodeAttribute attribute = (CodeAttribute) code;
    weaveAccesses = context.woven().isWatched() && attribute.codeLength() <= LONGEST;
    handlers = new Handlers(code);
    boolean calls = false;
    boolean turns = false;
    for (CodeElement element : code) {
      if (element instanceof InvokeInstruction call) {
        calls |= !isLeaf(call);
        turns |= call.name().equalsString("parallel");
      } else if (element instanceof LineNumber number && line == 0) {
        line = number.line();
      }
    }
    makesCalls = calls;
    turnsParallel = turns;
    state = attribute.maxLocals();
    depth = state + 1;
    lock = state + 2;
    List<VerificationTypeInfo> own = new ArrayList<>();
    own.add(ObjectVerificationTypeInfo.of(STATE));
    own.add(SimpleVerificationTypeInfo.INTEGER);
    if (isSynchronized || isTask || isRun) {
      own.add(ObjectVerificationTypeInfo.of(CD_Object));
    }
    frames = new Frames(state, own);
    StackMapTableAttribute table = attribute.findAttribute(Attributes.stackMapTable()).orElse(null);
    if (table != null) {
      for (StackMapFrameInfo frame : table.entries()) {
        written.add(frames.extend(frame));
      }
    }
  }

  private static boolean isLeaf(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return owner.equals("java/lang/Object") && call.name().equalsString("<init>")
        || owner.equals("java/lang/Integer")
        || owner.equals("java/lang/Long")
        || owner.equals("java/lang/Boolean")
        || owner.equals("java/lang/Math")
        || owner.equals("java/lang/String")
        || owner.equals("java/lang/StringBuilder");
  }

  @Override
  public void atStart(CodeBuilder code) {
    code.allocateLocal(TypeKind.REFERENCE);
    code.allocateLocal(TypeKind.INT);
    code.allocateLocal(TypeKind.REFERENCE);
    code.invokestatic(STATE, "current", MethodTypeDesc.of(STATE)).astore(state);
    if (makesCalls) {
      code.aload(state).invokevirtual(STATE, "enter", MethodTypeDesc.of(CD_int)).istore(depth);
    } else {
      code.iconst_0().istore(depth);
    }
    if ((isStatic && !isInitialiser() || isConstructor) && context.hasInitialiser()) {
      code.loadConstant(context.woven().number())
          .aload(state)
          .invokestatic(
              VARIABLES, "afterInitialisation", MethodTypeDesc.of(CD_void, CD_int, STATE));
    }
    if (isResult(context, method)) {
      code.aload(0).aload(state);
      code.invokestatic(HOOKS, "beginResult", MethodTypeDesc.of(CD_void, CD_Object, STATE));
    }
    if (isSynchronized) {
      if (isStatic) {
        code.loadConstant(context.model().thisClass().asSymbol());
      } else {
        code.aload(0);
      }
      code.dup().astore(lock);
      enterMonitor(code);
      start = code.newBoundLabel();
    } else if (isRun) {
      code.aload(0).aload(state);
      code.invokestatic(HOOKS, "beginRun", MethodTypeDesc.of(CD_Object, CD_Object, STATE));
      code.astore(lock);
      start = code.newBoundLabel();
    } else if (isTask) {
      code.aload(0).astore(lock);
      if (isSignal(context, method)) {
        code.aload(0);
        if (method.methodName().equalsString("onNext")) {
          code.aload(1);
        } else {
          code.aconst_null();
        }
        code.aload(state);
        code.invokestatic(
            HOOKS, "beginSignal", MethodTypeDesc.of(CD_void, CD_Object, CD_Object, STATE));
      } else if (!method.methodName().equalsString("setRawResult")) {
        code.aload(0).aload(state);
        code.invokestatic(
            HOOKS,
            method.methodName().equalsString("terminated") ? "terminates" : "beginTask",
            MethodTypeDesc.of(CD_void, CD_Object, STATE));
      }
      start = code.newBoundLabel();
    }
  }

  /** Whether the JDK asks it for the result of a task, before {@code join} or the like returns. */
  private static boolean isResult(ClassContext context, MethodModel method) {
    return method.methodName().equalsString("getRawResult")
        && method.methodType().stringValue().startsWith("()")
        && !method.flags().has(AccessFlag.STATIC)
        && context
            .hierarchy()
            .isSubtype(context.model().thisClass().asInternalName(), ForkJoinTask.class);
  }

  /** Whether it is {@code run} of a {@link Runnable}, or {@code call} of a {@link Callable}. */
  private static boolean isRun(ClassContext context, MethodModel method) {
    String type = context.model().thisClass().asInternalName();
    return method.methodName().equalsString("run")
            && method.methodType().equalsString("()V")
            && context.hierarchy().isSubtype(type, Runnable.class)
        || method.methodName().equalsString("call")
            && method.methodType().stringValue().startsWith("()")
            && context.hierarchy().isSubtype(type, Callable.class);
  }

  /** Whether a publisher calls it. */
  private static boolean isSignal(ClassContext context, MethodModel method) {
    return SIGNALS.contains(method.methodName().stringValue())
        && context
            .hierarchy()
            .isSubtype(context.model().thisClass().asInternalName(), Flow.Subscriber.class);
  }

  private static boolean isTask(ClassContext context, MethodModel method) {
    String name = method.methodName().stringValue();
    String type = context.model().thisClass().asInternalName();
    if (isSignal(context, method)) {
      return true;
    }
    if (name.equals("onCompletion") && context.hierarchy().isSubtype(type, CountedCompleter.class)
        || (name.equals("afterExecute") || name.equals("beforeExecute"))
            && context.hierarchy().isSubtype(type, ThreadPoolExecutor.class)) {
      return true;
    }
    if (name.equals("onAdvance") && context.hierarchy().isSubtype(type, Phaser.class)) {
      return true;
    }
    if (name.equals("setRawResult") && context.hierarchy().isSubtype(type, ForkJoinTask.class)) {
      return true; // within complete, by which the thread has said already what it did
    }
    if (!method.methodType().stringValue().startsWith("()")) {
      return false;
    }
    if (name.equals("terminated")
        && context.hierarchy().isSubtype(type, ThreadPoolExecutor.class)) {
      return true;
    }
    return (name.equals("compute") || name.equals("exec"))
            && context.hierarchy().isSubtype(type, ForkJoinTask.class)
        || name.equals("run") && context.hierarchy().isSubtype(type, TimerTask.class);
  }

  private boolean isInitialiser() {
    return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    if (!(element instanceof LineNumber || element instanceof LabelTarget)) {
      handlers.notEntering();
    }
    if (element instanceof LineNumber number) {
      line = number.line();
      code.with(element);
    } else if (element instanceof LabelTarget target) {
      code.with(element);
      handlers.begin(target.label());
      if (handlers.handlesAt(target.label())) {
        handle(code);
      }
    } else if (element instanceof NewObjectInstruction) {
      unconstructed++;
      code.with(element);
    } else if (element instanceof FieldInstruction access && constructed) {
      field(code, access);
    } else if (element instanceof ArrayLoadInstruction && weaveAccesses) {
      code.dup2();
      element(code, "readElement");
      code.with(element);
    } else if (element instanceof ArrayStoreInstruction store && weaveAccesses) {
      store(code, store);
    } else if (element instanceof MonitorInstruction monitor) {
      monitor(code, monitor);
    } else if (element instanceof ReturnInstruction) {
      if (makesThread) {
        if (isConstructor) {
          code.aload(0);
        } else {
          code.dup();
        }
        code.aload(state);
        code.invokestatic(HOOKS, "made", MethodTypeDesc.of(CD_void, CD_Object, STATE));
      }
      leave(code);
      code.with(element);
    } else if (element instanceof InvokeInstruction call) {
      invoke(code, call);
    } else if (element instanceof InvokeDynamicInstruction call
        && weaveAccesses
        && isConcatenation(call)) {
      new CallWeaver(this, code).concatenate(call);
    } else if (!(element instanceof ExceptionCatch)) { // those are written at the end
      code.with(element);
    }
  }

  @Override
  public void atEnd(CodeBuilder code) {
    handlers.write(code, written);
    Label from = start;
    if (from != null) {
      Label handler = code.newLabel();
      Label end = code.newBoundLabel();
      code.labelBinding(handler).exceptionCatchAll(from, end, handler);
      exit(code);
      code.athrow();
      written.add(
          StackMapFrameInfo.of(
              handler,
              frames.alone(),
              List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
    }
    if (!written.isEmpty()) {
      code.with(StackMapTableAttribute.of(written));
    }
  }

  private void handle(CodeBuilder code) {
    if (makesCalls) {
      code.dup().aload(state).iload(depth);
      code.invokestatic(
          HOOKS, "caught", MethodTypeDesc.of(CD_void, ConstantDescs.CD_Throwable, STATE, CD_int));
    }
  }

  private void exit(CodeBuilder code) {
    code.aload(lock).aload(state);
    code.invokestatic(
        HOOKS,
        isRun ? "endRun" : isTask ? "endTask" : "exitMonitor",
        MethodTypeDesc.of(CD_void, CD_Object, STATE));
  }

  private void leave(CodeBuilder code) {
    if (isSynchronized || isTask || isRun) {
      exit(code);
    }
    if (isInitialiser()) {
      code.loadConstant(context.woven().number()).aload(state);
      code.invokestatic(VARIABLES, "initialised", MethodTypeDesc.of(CD_void, CD_int, STATE));
    } else if (isConstructor && context.woven().hasFinalReferences()) {
      code.aload(0)
          .loadConstant(context.model().thisClass().asSymbol())
          .loadConstant(context.woven().number())
          .aload(state);
      code.invokestatic(
          VARIABLES, "freeze", MethodTypeDesc.of(CD_void, CD_Object, CD_Class, CD_int, STATE));
    }
    if (makesCalls) {
      code.aload(state)
          .iload(depth)
          .invokevirtual(STATE, "leave", MethodTypeDesc.of(CD_void, CD_int));
    }
  }

  int site() {
    if (sitedLine != line) {
      sitedLine = line;
      site =
          Site.register(
              new Site(
                  context.name(), method.methodName().stringValue(), context.sourceFile(), line));
    }
    return site;
  }

  int stateSlot() {
    return state;
  }

  ClassContext context() {
    return context;
  }

  boolean weavesAccesses() {
    return weaveAccesses;
  }

  boolean turnsParallel() {
    return turnsParallel;
  }

  private void field(CodeBuilder code, FieldInstruction access) {
    String owner = access.owner().asInternalName();
    if (Hierarchy.isJdk(owner) || owner.startsWith("[") || isOfNoInterest(access, owner)) {
      code.with(access);
      return;
    }
    ClassDesc type = access.typeSymbol();
    boolean wide = TypeKind.from(type).slotSize() == 2;
    int field =
        FieldRef.register(
            new FieldRef(
                owner.replace('/', '.'), access.name().stringValue(), access.type().stringValue()));
    if (isOwnPlain(access, owner)) {
      ownField(code, access, field);
      return;
    }
    switch (access.opcode()) {
      case GETFIELD -> {
        code.dup().with(access);
        if (type.isPrimitive()) {
          if (wide) {
            code.dup2_x1().pop2();
          } else {
            code.swap();
          }
          tell(code, field, "read", MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, STATE));
        } else {
          code.dup_x1();
          tell(
              code,
              field,
              "readReference",
              MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, CD_int, STATE));
        }
      }
      case PUTFIELD -> {
        if (wide) {
          code.dup2_x1().pop2().dup_x2();
        } else {
          code.dup2().pop();
        }
        tell(code, field, "write", MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, STATE));
        code.with(access);
      }
      case GETSTATIC -> {
        code.with(access).loadConstant(access.owner().asSymbol());
        tell(
            code, field, "readStatic", MethodTypeDesc.of(CD_void, CD_Class, CD_int, CD_int, STATE));
      }
      default -> {
        code.loadConstant(access.owner().asSymbol());
        tell(
            code,
            field,
            "writeStatic",
            MethodTypeDesc.of(CD_void, CD_Class, CD_int, CD_int, STATE));
        code.with(access);
      }
    }
  }

  private boolean isOwnPlain(FieldInstruction access, String owner) {
    return (access.opcode() == Opcode.GETFIELD || access.opcode() == Opcode.PUTFIELD)
        && owner.equals(context.model().thisClass().asInternalName())
        && context.woven().isPlain(access.name().stringValue(), access.type().stringValue());
  }

  /** A field whose place in the object's shadow is known, for it is the class's own. */
  private void ownField(CodeBuilder code, FieldInstruction access, int field) {
    ClassDesc type = access.typeSymbol();
    boolean wide = TypeKind.from(type).slotSize() == 2;
    if (access.opcode() == Opcode.PUTFIELD) {
      // Told of afterwards: only then it is sure that there is an object.
      if (wide) {
        code.dup2_x1().pop2().dup_x2().dup_x2().pop();
      } else {
        code.dup2();
      }
      code.with(access);
      if (!wide) {
        code.pop();
      }
      shadow(code.dup());
      tellOwn(code, access, field, "writeOwn", OWN);
    } else if (type.isPrimitive()) {
      code.dup().with(access);
      if (wide) {
        code.dup2_x1().pop2();
      } else {
        code.swap();
      }
      shadow(code.dup());
      tellOwn(code, access, field, "readOwn", OWN);
    } else {
      code.dup().with(access).dup_x1().swap().dup();
      shadow(code);
      tellOwn(code, access, field, "readOwnReference", OWN_REFERENCE);
    }
  }

  private void shadow(CodeBuilder code) {
    code.getfield(context.model().thisClass().asSymbol(), WovenClass.SHADOW, CELLS);
  }

  private void tellOwn(
      CodeBuilder code, FieldInstruction access, int field, String what, MethodTypeDesc type) {
    code.loadConstant(
        context.woven().indexOf(access.name().stringValue(), access.type().stringValue()));
    tell(code, field, what, type);
  }

  /** Of a class that is not watched, only volatile and final fields give order. */
  private boolean isOfNoInterest(FieldInstruction access, String owner) {
    return !weaveAccesses
        && owner.equals(context.model().thisClass().asInternalName())
        && context.woven().isPlain(access.name().stringValue(), access.type().stringValue());
  }

  private void tell(CodeBuilder code, int field, String what, MethodTypeDesc type) {
    code.loadConstant(field).loadConstant(site()).aload(state);
    code.invokestatic(VARIABLES, what, type);
  }

  private void element(CodeBuilder code, String what) {
    code.loadConstant(site()).aload(state);
    code.invokestatic(
        VARIABLES, what, MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, STATE));
  }

  private void store(CodeBuilder code, ArrayStoreInstruction store) {
    TypeKind kind = store.typeKind();
    int value = code.allocateLocal(kind);
    // Told of afterwards: a value of the wrong type is not stored.
    code.storeLocal(kind, value).dup2().loadLocal(kind, value).with(store);
    element(code, "writeElement");
  }

  private void monitor(CodeBuilder code, MonitorInstruction monitor) {
    if (monitor.opcode() == Opcode.MONITORENTER) {
      code.aload(state).invokestatic(HOOKS, "makeRoom", MethodTypeDesc.of(CD_void, STATE));
      code.dup().with(monitor);
      Label from = code.newBoundLabel();
      enterMonitor(code);
      handlers.entered(from, code.newBoundLabel());
    } else {
      code.dup().aload(state);
      code.invokestatic(HOOKS, "exitMonitor", MethodTypeDesc.of(CD_void, CD_Object, STATE));
      code.with(monitor);
    }
  }

  private void enterMonitor(CodeBuilder code) {
    code.loadConstant(site()).aload(state);
    code.invokestatic(HOOKS, "enterMonitor", MethodTypeDesc.of(CD_void, CD_Object, CD_int, STATE));
  }

  private void invoke(CodeBuilder code, InvokeInstruction call) {
    if (!constructed && call.opcode() == Opcode.INVOKESPECIAL && isInit(call)) {
      if (unconstructed == 0) {
        new CallWeaver(this, code).constructSuper(call);
        constructed = true;
        return;
      }
      unconstructed--;
    }
    if (!isLeaf(call)) {
      code.aload(state).loadConstant(site()).putfield(STATE, "call", CD_int);
    }
    new CallWeaver(this, code).weave(call);
  }

  private static boolean isConcatenation(InvokeDynamicInstruction call) {
    return MethodReferences.internalName(call.bootstrapMethod().owner())
        .equals("java/lang/invoke/StringConcatFactory");
  }

  private static boolean isInit(InvokeInstruction call) {
    return call.name().equalsString(ConstantDescs.INIT_NAME);
  }

  static ClassDesc describe(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
