package org.katagrade.agent.order;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.ThreadState;

/**
 * Wraps functions. For each functional interface of the JDK a class is made when it is first
 * needed, so that a wrapped {@code IntToLongFunction} takes no more work than a {@code Runnable}.
 */
public final class CarriedFunction {

  private static final ClassDesc THIS = describe(CarriedFunction.class);
  private static final ClassDesc CARRIER = describe(Callbacks.Carrier.class);
  private static final MethodTypeDesc BEGIN = MethodTypeDesc.of(CD_void, CARRIER, CD_Object);
  private static final MethodTypeDesc END =
      MethodTypeDesc.of(CD_void, CARRIER, CD_Object, CD_Object);

  private record Wrapper(@Nullable MethodHandle constructor) {}

  private static final ByClass<Wrapper> WRAPPERS =
      new ByClass<>() {
        @Override
        protected Wrapper compute(Class<?> type) {
          List<Class<?>> functions = functionalInterfaces(type);
          return functions.size() == 1
              ? OF_ONE.get(functions.getFirst())
              : new Wrapper(functions.isEmpty() ? null : wrapperOf(functions));
        }
      };

  /** What is made for an interface is used for all that implement it and no other. */
  private static final ByClass<Wrapper> OF_ONE =
      new ByClass<>() {
        @Override
        protected Wrapper compute(Class<?> function) {
          return new Wrapper(wrapperOf(List.of(function)));
        }
      };

  private CarriedFunction() {}

  /** Wraps a function; what implements no functional interface of the JDK stays as it is. */
  @SuppressWarnings("unchecked") // the wrapper implements the same interfaces
  static <F> F of(F function, Callbacks.Carrier carrier) {
    MethodHandle constructor = WRAPPERS.get(function.getClass()).constructor;
    if (constructor == null) {
      return function;
    }
    try {
      return (F) constructor.invokeExact((Object) function, carrier);
    } catch (Throwable e) {
      throw new LinkageError("cannot wrap " + function.getClass(), e);
    }
  }

  /** What it was before it was wrapped; itself if it was not. */
  static Runnable unwrapped(Runnable function) {
    return function instanceof Wrapped wrapped ? (Runnable) wrapped.function() : function;
  }

  /** What wrappers are. */
  public interface Wrapped {

    /** What is wrapped. */
    Object function();
  }

  /** Called by wrappers. */
  @Guarded
  public static void begin(Callbacks.Carrier carrier, @Nullable Object first) {
    ThreadState thread = ThreadState.current();
    thread.callFromOutside();
    thread.comparesNothing();
    carrier.begin(first, thread);
  }

  /** Called by wrappers. */
  @Guarded
  public static void end(
      Callbacks.Carrier carrier, @Nullable Object first, @Nullable Object result) {
    carrier.end(first, result, ThreadState.current());
  }

  /** All of them, since it is given as one and may be asked for another. */
  private static List<Class<?>> functionalInterfaces(Class<?> type) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> known = type; known != null; known = known.getSuperclass()) {
      collect(known.getInterfaces(), found);
    }
    return found;
  }

  private static void collect(Class<?>[] interfaces, List<Class<?>> found) {
    for (Class<?> candidate : interfaces) {
      if (candidate == Runnable.class
          || candidate == java.util.concurrent.Callable.class
          || candidate.getName().startsWith("java.util.function.")) {
        if (!found.contains(candidate)) {
          found.add(candidate);
        }
      } else {
        collect(candidate.getInterfaces(), found);
      }
    }
  }

  private static Method abstractMethod(Class<?> function) {
    for (Method method : function.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        return method;
      }
    }
    throw new IllegalArgumentException(function + " is no functional interface");
  }

  private static MethodHandle wrapperOf(List<Class<?>> functions) {
    try {
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClass(bytesOf(functions), true);
      return hidden
          .findConstructor(
              hidden.lookupClass(),
              MethodType.methodType(void.class, Object.class, Callbacks.Carrier.class))
          .asType(MethodType.methodType(Object.class, Object.class, Callbacks.Carrier.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot wrap " + functions, e);
    }
  }

  private static byte[] bytesOf(List<Class<?>> functions) {
    ClassDesc name =
        ClassDesc.of(
            CarriedFunction.class.getPackageName(),
            "Wrapped" + functions.getFirst().getSimpleName());
    List<ClassDesc> types = new ArrayList<>();
    functions.forEach(function -> types.add(describe(function)));
    types.add(describe(Wrapped.class));
    return ClassFile.of()
        .build(
            name,
            builder -> {
              builder
                  .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                  .withInterfaceSymbols(types)
                  .withField("function", CD_Object, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
                  .withField("carrier", CARRIER, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
                  .withMethodBody(
                      ConstantDescs.INIT_NAME,
                      MethodTypeDesc.of(CD_void, CD_Object, CARRIER),
                      0,
                      code ->
                          code.aload(0)
                              .invokespecial(CD_Object, "<init>", ConstantDescs.MTD_void)
                              .aload(0)
                              .aload(1)
                              .putfield(name, "function", CD_Object)
                              .aload(0)
                              .aload(2)
                              .putfield(name, "carrier", CARRIER)
                              .return_())
                  .withMethodBody(
                      "function",
                      MethodTypeDesc.of(CD_Object),
                      ClassFile.ACC_PUBLIC,
                      code -> code.aload(0).getfield(name, "function", CD_Object).areturn());
              addMethods(builder, name, functions);
            });
  }

  /** One for each that is asked for by another name or with other types. */
  private static void addMethods(ClassBuilder builder, ClassDesc name, List<Class<?>> functions) {
    Set<String> added = new HashSet<>();
    for (Class<?> function : functions) {
      Method method = abstractMethod(function);
      MethodTypeDesc signature =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .describeConstable()
              .orElseThrow();
      if (added.add(method.getName() + signature.descriptorString())) {
        builder.withMethodBody(
            method.getName(),
            signature,
            ClassFile.ACC_PUBLIC,
            code -> run(code, name, describe(function), method.getName(), signature));
      }
    }
  }

  private static void run(
      CodeBuilder code, ClassDesc name, ClassDesc type, String method, MethodTypeDesc signature) {
    boolean object = signature.parameterCount() > 0 && !signature.parameterType(0).isPrimitive();
    TypeKind result = TypeKind.from(signature.returnType());
    carrier(code, name);
    first(code, object);
    code.invokestatic(THIS, "begin", BEGIN);
    Label start = code.newBoundLabel();
    code.aload(0).getfield(name, "function", CD_Object).checkcast(type);
    int slot = 1;
    for (ClassDesc parameter : signature.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    code.invokeinterface(type, method, signature);
    Label end = code.newBoundLabel();
    if (result == TypeKind.REFERENCE) {
      code.dup().astore(slot);
    }
    carrier(code, name);
    first(code, object);
    if (result == TypeKind.REFERENCE) {
      code.aload(slot);
    } else {
      code.aconst_null();
    }
    code.invokestatic(THIS, "end", END).return_(result);
    Label handler = code.newBoundLabel();
    carrier(code, name);
    first(code, object);
    code.aconst_null().invokestatic(THIS, "end", END).athrow();
    code.exceptionCatchAll(start, end, handler);
  }

  private static void carrier(CodeBuilder code, ClassDesc name) {
    code.aload(0).getfield(name, "carrier", CARRIER);
  }

  private static void first(CodeBuilder code, boolean object) {
    if (object) {
      code.aload(1);
    } else {
      code.aconst_null();
    }
  }

  private static ClassDesc describe(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
