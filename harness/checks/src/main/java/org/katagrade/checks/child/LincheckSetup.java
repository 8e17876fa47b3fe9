package org.katagrade.checks.child;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.util.ClassCache;

/**
 * Makes Lincheck 3.7 find classes that are defined from memory.
 *
 * <p>Its {@code ClassCache} looks classes up from Lincheck's own loader, which cannot see ours, and
 * the failure ends up as a result of the submission's operation: a correct solution with a nested
 * class was called not linearizable. So the cache is filled beforehand, without initialising
 * anything. The field is internal; a test of the model lane fails if another version has no such.
 */
final class LincheckSetup {

  private LincheckSetup() {}

  static void prepare(ClassLoader loader, List<String> names) {
    try {
      Field field = ClassCache.class.getDeclaredField("cache");
      field.setAccessible(true);
      @SuppressWarnings("unchecked") // as declared in Lincheck 3.7
      Map<String, Class<?>> cache = (Map<String, Class<?>>) field.get(null);
      for (String name : names) {
        cache.put(name, Class.forName(name, false, loader));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the Lincheck this harness was made for", e);
    }
  }
}
