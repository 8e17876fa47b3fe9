package org.katagrade.agent.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is woven into one class of the JDK. */
final class JdkCalls {

  private static final ClassDesc HOOKS = ClassDesc.of("org.katagrade.agent.explore.JdkHooks");
  private static final ClassDesc MONITORS = ClassDesc.of("org.katagrade.agent.explore.Monitors");
  private static final String POOL = "java/util/concurrent/ForkJoinPool";
  private static final ClassDesc THREAD = ClassDesc.of("java.lang.Thread");

  /** What is called instead of a method: by owner, name and type. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "jdk/internal/misc/Unsafe.park(ZJ)V",
          "park",
          "jdk/internal/misc/Unsafe.unpark(Ljava/lang/Object;)V",
          "unpark",
          "jdk/internal/access/JavaLangAccess.parkVirtualThread()V",
          "parkVirtualThread",
          "jdk/internal/access/JavaLangAccess.parkVirtualThread(J)V",
          "parkVirtualThread",
          "jdk/internal/access/JavaLangAccess.unparkVirtualThread(Ljava/lang/Thread;)V",
          "unparkVirtualThread",
          "java/lang/System.nanoTime()J",
          "nanoTime",
          "java/lang/System.currentTimeMillis()J",
          "currentTimeMillis",
          "java/lang/Thread.onSpinWait()V",
          "spins",
          "java/lang/ref/Cleaner.register(Ljava/lang/Object;Ljava/lang/Runnable;)"
              + "Ljava/lang/ref/Cleaner$Cleanable;",
          "register");

  /**
   * A hook at the head of a method, called with all its arguments, that may do the whole of it if
   * it returns anything.
   *
   * @param returned what the hook returns
   */
  private record Head(String name, ClassDesc returned) {}

  private static final Map<String, Head> HEADS =
      Map.ofEntries(
          Map.entry("java/util/concurrent/FutureTask.run()V", new Head("begins", CD_void)),
          Map.entry(
              "java/util/concurrent/CompletableFuture$AsyncRun.run()V",
              new Head("begins", CD_void)),
          Map.entry(
              "java/util/concurrent/CompletableFuture$AsyncSupply.run()V",
              new Head("begins", CD_void)),
          Map.entry("java/lang/Thread.start()V", new Head("start", CD_boolean)),
          Map.entry(
              "java/lang/Thread.start(Ljdk/internal/vm/ThreadContainer;)V",
              new Head("start", CD_boolean)),
          Map.entry("java/lang/Thread.join(J)V", new Head("join", CD_boolean)),
          Map.entry("java/lang/Thread.sleepNanos(J)V", new Head("sleep", CD_boolean)),
          Map.entry("java/lang/Thread.yield()V", new Head("yields", CD_boolean)),
          Map.entry("java/lang/Thread.interrupt()V", new Head("interrupt", CD_boolean)),
          Map.entry("java/lang/Thread.getAndClearInterrupt()Z", new Head("clearInterrupt", CD_int)),
          Map.entry("java/lang/Thread.alive()Z", new Head("alive", CD_int)),
          Map.entry(
              "java/lang/Thread.threadState()Ljava/lang/Thread$State;",
              new Head("state", ClassDesc.of("java.lang.Thread$State"))),
          Map.entry("java/lang/VirtualThread.start()V", new Head("start", CD_boolean)),
          Map.entry(
              "java/lang/VirtualThread.start(Ljdk/internal/vm/ThreadContainer;)V",
              new Head("start", CD_boolean)),
          Map.entry("java/lang/VirtualThread.joinNanos(J)Z", new Head("joinNanos", CD_int)),
          Map.entry("java/lang/VirtualThread.interrupt()V", new Head("interrupt", CD_boolean)),
          Map.entry(
              "java/lang/VirtualThread.getAndClearInterrupt()Z",
              new Head("clearInterrupt", CD_int)),
          Map.entry("java/lang/VirtualThread.alive()Z", new Head("alive", CD_int)),
          Map.entry(
              "java/lang/VirtualThread.threadState()Ljava/lang/Thread$State;",
              new Head("state", ClassDesc.of("java.lang.Thread$State"))));

  private final String type;
  private final ClassDesc self;
  private final boolean shadows;

  /**
   * The weaving of a class.
   *
   * @param type its internal name
   * @param shadows whether the explorer is to know of its monitors, which stay with the JVM
   */
  JdkCalls(String type, boolean shadows) {
    this.type = type;
    this.self = ClassDesc.ofInternalName(type);
    this.shadows = shadows;
  }

  private @Nullable Head headOf(MethodModel method) {
    return HEADS.get(type + "." + method.methodName() + method.methodType());
  }

  boolean isOfInterest(MethodModel method) {
    if (method.code().isEmpty()) {
      return false;
    }
    if (headOf(method) != null) {
      return true;
    }
    for (CodeElement element : method.code().get()) {
      switch (element) {
        case InvokeInstruction call when isWait(call) || hookInsteadOf(call) != null -> {
          return true;
        }
        case FieldInstruction access when isCommonPool(method, access) -> {
          return true;
        }
        case MonitorInstruction monitor when shadows -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isCommonPool(MethodModel method, FieldInstruction access) {
    String owner = access.owner().asInternalName();
    String name = access.name().stringValue();
    return access.opcode() == Opcode.GETSTATIC
        && (owner.equals(POOL) && name.equals("common")
            || owner.equals("java/util/concurrent/CompletableFuture") && name.equals("ASYNC_POOL"))
        && !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
  }

  /** Within {@code TimeUnit}; other classes that wait get versions. */
  private boolean isWait(InvokeInstruction call) {
    return type.startsWith("java/util/concurrent/")
        && call.opcode() == Opcode.INVOKEVIRTUAL
        && call.name().equalsString("wait");
  }

  private @Nullable String hookInsteadOf(InvokeInstruction call) {
    if (type.startsWith("java/lang/")) {
      return null;
    }
    String owner = call.owner().asInternalName();
    return owner.startsWith("java/lang/") || owner.startsWith("jdk/internal/")
        ? INSTEAD.get(owner + "." + call.name() + call.type())
        : null;
  }

  CodeTransform in(MethodModel method, CodeAttribute code) {
    return new Code(method, code);
  }

  private final class Code implements CodeTransform {

    private final MethodModel method;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();
    private boolean left;

    Code(MethodModel method, CodeAttribute original) {
      this.method = method;
      original
          .findAttribute(Attributes.stackMapTable())
          .ifPresent(table -> frames.addAll(table.entries()));
    }

    @Override
    public void atStart(CodeBuilder code) {
      Head head = headOf(method);
      if (head != null) {
        head(code, head);
      }
    }

    private void head(CodeBuilder code, Head head) {
      boolean always = head.returned().equals(CD_void);
      List<ClassDesc> parameters = new ArrayList<>(method.methodTypeSymbol().parameterList());
      if (!method.flags().has(AccessFlag.STATIC)) {
        parameters.addFirst(always ? CD_Object : THREAD);
      }
      int slot = 0;
      for (ClassDesc parameter : parameters) {
        TypeKind kind = TypeKind.from(parameter);
        code.loadLocal(kind, slot);
        slot += kind.slotSize();
      }
      code.invokestatic(HOOKS, head.name(), MethodTypeDesc.of(head.returned(), parameters));
      if (always) {
        return;
      }
      Label onwards = code.newLabel();
      boolean whether = head.returned().equals(CD_boolean);
      if (whether) {
        code.ifeq(onwards).return_();
        code.labelBinding(onwards);
      } else {
        code.dup();
        TypeKind kind = TypeKind.from(head.returned());
        if (kind == TypeKind.REFERENCE) {
          code.ifnull(onwards);
        } else {
          code.iflt(onwards);
        }
        code.return_(kind);
        code.labelBinding(onwards).pop();
      }
      frames.addFirst(
          StackMapFrameInfo.of(
              onwards,
              parameters().stream().toList(),
              whether ? List.of() : List.of(Frames.verified(head.returned()))));
      code.nop();
    }

    private List<VerificationTypeInfo> parameters() {
      List<VerificationTypeInfo> types = new ArrayList<>();
      if (!method.flags().has(AccessFlag.STATIC)) {
        types.add(ObjectVerificationTypeInfo.of(self));
      }
      method.methodTypeSymbol().parameterList().forEach(type -> types.add(Frames.verified(type)));
      return types;
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (left && element instanceof Instruction) {
        // Behind what the handler that unlocks the monitor covers.
        left = false;
        code.invokestatic(MONITORS, "left", ConstantDescs.MTD_void);
      }
      switch (element) {
        case InvokeInstruction call when isWait(call) ->
            code.invokestatic(
                MONITORS, "await", call.typeSymbol().insertParameterTypes(0, CD_Object));
        case InvokeInstruction call when hookInsteadOf(call) != null -> {
          MethodTypeDesc type = call.typeSymbol();
          code.invokestatic(
              HOOKS,
              java.util.Objects.requireNonNull(hookInsteadOf(call)),
              call.opcode() == Opcode.INVOKESTATIC
                  ? type
                  : type.insertParameterTypes(0, call.owner().asSymbol()));
        }
        case FieldInstruction access when isCommonPool(method, access) -> {
          code.with(access);
          code.invokestatic(
              HOOKS, "common", MethodTypeDesc.of(access.typeSymbol(), access.typeSymbol()));
        }
        case MonitorInstruction monitor when shadows -> {
          if (monitor.opcode() == Opcode.MONITORENTER) {
            code.dup();
            code.invokestatic(
                MONITORS,
                type.startsWith("java/util/concurrent/") ? "shadowInner" : "shadow",
                MethodTypeDesc.of(CD_void, CD_Object));
          } else {
            left = true;
          }
          code.with(monitor);
        }
        default -> code.with(element);
      }
    }

    @Override
    public void atEnd(CodeBuilder code) {
      if (!frames.isEmpty()) {
        code.with(StackMapTableAttribute.of(frames));
      }
    }
  }
}
