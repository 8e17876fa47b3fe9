package org.katagrade.checks.child;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.katagrade.checks.Explored;

/** The call of one check, with an object of its own each time. */
final class CheckCall {

  private final ClassLoader loader;
  private final String checksType;
  private final String check;

  CheckCall(ClassLoader loader, String checksType, String check) {
    this.loader = loader;
    this.checksType = checksType;
    this.check = check;
  }

  /** Whether it is run under chosen schedules for its own sake, and not for the scenarios in it. */
  boolean isMarkedAsExplored() {
    try {
      return Class.forName(checksType, false, loader)
          .getDeclaredMethod(check)
          .isAnnotationPresent(Explored.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("there is no check " + check, e);
    }
  }

  /** Makes it; throws what the check throws. */
  void make() throws Throwable {
    Class<?> type = Class.forName(checksType, true, loader);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method method = type.getDeclaredMethod(check);
    method.setAccessible(true);
    try {
      method.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
