package kotlin.reflect.jvm;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import kotlin.jvm.internal.ClassBasedDeclarationContainer;
import kotlin.jvm.internal.FunctionReference;
import kotlin.reflect.KFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the class of the same name in Kotlin's reflection library and does the one thing
 * that Lincheck asks of it, in a hundredth of the time: the original reads the metadata of whole
 * Kotlin files, a thousand classes' worth of work, in every child. See {@code docs/adr/0005}.
 */
public final class ReflectJvmMapping {

  private ReflectJvmMapping() {}

  /** The method that a reference such as {@code Type::name} refers to, or null if there is none. */
  public static @Nullable Method getJavaMethod(KFunction<?> function) {
    FunctionReference reference = (FunctionReference) function;
    Class<?> owner = ((ClassBasedDeclarationContainer) reference.getOwner()).getJClass();
    for (Method method : owner.getDeclaredMethods()) {
      if (reference.getSignature().equals(signature(method))) {
        return method;
      }
    }
    return null;
  }

  /** Always null: a method compiled from Java has no Kotlin side. */
  public static @Nullable KFunction<?> getKotlinFunction(Method method) {
    return null;
  }

  private static String signature(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }
}
