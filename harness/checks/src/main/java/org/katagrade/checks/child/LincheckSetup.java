package org.katagrade.checks.child;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jetbrains.lincheck.jvm.agent.InstrumentationMode;
import org.jetbrains.lincheck.jvm.agent.LincheckClassFileTransformer;
import org.jetbrains.lincheck.util.ClassCache;
import org.katagrade.checks.wire.ClassBytes;

/**
 * Makes Lincheck 3.7 find classes that are defined from memory, and leave alone what it need not
 * weave into.
 *
 * <p>The fields are internal; the tests of the model lane fail if another version has no such.
 */
final class LincheckSetup {

  private LincheckSetup() {}

  /**
   * Fills Lincheck's cache of classes, without initialising anything. Lincheck looks them up from
   * its own loader, which cannot see ours, and the failure ends up as a result of the submission's
   * operation: a correct solution with a nested class was called not linearizable.
   */
  static void showClasses(ClassLoader loader, List<String> names) {
    try {
      Field field = ClassCache.class.getDeclaredField("cache");
      field.setAccessible(true);
      @SuppressWarnings("unchecked") // as declared in Lincheck 3.7
      Map<String, Class<?>> cache = (Map<String, Class<?>>) field.get(null);
      for (String name : names) {
        cache.put(name, Class.forName(name, false, loader));
      }
    } catch (ReflectiveOperationException e) {
      throw unknownVersion(e);
    }
  }

  /**
   * Keeps Lincheck from weaving into a class, by saying that it has already done so. It does that
   * to every class around the operations, and a class full of checks takes it half a second.
   */
  static void leaveAlone(ClassBytes type) {
    for (InstrumentationMode mode :
        List.of(InstrumentationMode.MODEL_CHECKING, InstrumentationMode.STRESS)) {
      woven(mode).put(type.name(), type.bytes());
    }
  }

  /** What Lincheck has woven into so far to check models, by name. */
  static Map<String, byte[]> woven() {
    return woven(InstrumentationMode.MODEL_CHECKING);
  }

  /** Has Lincheck look for a class here before it weaves into it; called before its first check. */
  static void recall(WovenFile file) {
    caches().put(InstrumentationMode.MODEL_CHECKING, new Recalling(file));
  }

  private static Map<String, byte[]> woven(InstrumentationMode mode) {
    return caches().computeIfAbsent(mode, any -> new ConcurrentHashMap<>());
  }

  private static Map<InstrumentationMode, ConcurrentHashMap<String, byte[]>> caches() {
    try {
      Field field =
          LincheckClassFileTransformer.class.getDeclaredField("transformedClassesCachesByMode");
      field.setAccessible(true);
      @SuppressWarnings("unchecked") // as declared in Lincheck 3.7
      Map<InstrumentationMode, ConcurrentHashMap<String, byte[]>> caches =
          (Map<InstrumentationMode, ConcurrentHashMap<String, byte[]>>) field.get(null);
      return caches;
    } catch (ReflectiveOperationException e) {
      throw unknownVersion(e);
    }
  }

  private static IllegalStateException unknownVersion(ReflectiveOperationException e) {
    return new IllegalStateException("this is not the Lincheck this harness was made for", e);
  }

  /** Lincheck's cache of what it wove, with what is in a file. */
  private static final class Recalling extends ConcurrentHashMap<String, byte[]> {

    private static final long serialVersionUID = 1L;

    private final transient WovenFile file;

    Recalling(WovenFile file) {
      this.file = file;
    }

    /** How Lincheck asks for a class, with what weaves into it if there is none. */
    @Override
    public byte[] computeIfAbsent(String name, Function<? super String, ? extends byte[]> weave) {
      if (!containsKey(name)) {
        byte[] recalled = file.woven(name);
        if (recalled != null) {
          putIfAbsent(name, recalled);
        }
      }
      return super.computeIfAbsent(name, weave);
    }
  }
}
