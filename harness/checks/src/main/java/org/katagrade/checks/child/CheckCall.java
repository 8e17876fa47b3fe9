package org.katagrade.checks.child;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

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
