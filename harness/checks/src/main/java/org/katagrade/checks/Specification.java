package org.katagrade.checks;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A plain sequential class that says what operations do. For use by one thread. */
final class Specification {

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final Map<Method, Method> methods = new HashMap<>();

  Specification(Class<?> type) {
    this.type = type;
    try {
      constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw fault(e);
    }
  }

  /** What an operation does. */
  sealed interface Answer {

    /** It returns or throws at once; in the words of a history. */
    record Gives(String result) implements Answer {}

    /** It cannot take effect yet. */
    record Waits() implements Answer {}

    /** It has taken effect and returns later. */
    record Returns(Await.Later<?> later) implements Answer {}
  }

  /** A new object in the state in which all begins. */
  Object create() {
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw fault(e);
    }
  }

  /** Runs an operation on an object; one that waits has changed nothing. */
  Answer run(Object object, Invocation invocation) {
    Method method = methods.computeIfAbsent(invocation.method(), this::own);
    try {
      Object result = method.invoke(object, invocation.arguments().toArray());
      if (result instanceof Await.Later<?> later) {
        return new Answer.Returns(later);
      }
      return new Answer.Gives(
          method.getReturnType() == void.class ? "void" : String.valueOf(result));
    } catch (InvocationTargetException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      return thrown instanceof Await.Waits
          ? new Answer.Waits()
          : new Answer.Gives(thrown.getClass().getSimpleName());
    } catch (IllegalAccessException e) {
      throw fault(e);
    }
  }

  private Method own(Method operation) {
    try {
      Method method = type.getMethod(operation.getName(), operation.getParameterTypes());
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw fault(e);
    }
  }

  private HarnessError fault(ReflectiveOperationException e) {
    return new HarnessError("the specification " + type.getName() + " fails: " + e);
  }
}
