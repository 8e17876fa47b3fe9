package org.katagrade.agent.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Explorer;

/**
 * Weaves the explorer into those classes of the JDK in which threads wait for each other, for time
 * or for chance. Classes that are loaded already are woven at once, the others when they are
 * loaded.
 */
public final class JdkWeaver implements ClassFileTransformer {

  private static final String CONCURRENT = "java/util/concurrent/";

  private static final Set<String> OTHERS =
      Set.of(
          "java/lang/Thread",
          "java/lang/VirtualThread",
          "java/time/Clock",
          "java/time/Clock$SystemClock",
          "java/util/Date",
          "java/util/Random");

  /**
   * Classes that wait and notify. Nothing loads them before the agent, and so they are given
   * versions as classes of the program are. To weave one loads those before it.
   */
  private static final List<String> WAITING =
      List.of("java/util/TimerTask", "java/util/TimerThread", "java/util/Timer");

  /** Those in which threads wait without a word to anybody else. */
  private static final List<String> FIRST =
      List.of(
          "java.lang.VirtualThread",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.DelayScheduler",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ForkJoinTask",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.locks.AbstractQueuedLongSynchronizer",
          "java.util.concurrent.locks.LockSupport");

  private final Instrumentation instrumentation;
  private final KeptClasses kept;
  private final Consumer<String> log;

  /** Names of those that were shown to this weaver. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * A weaver.
   *
   * @param kept those that need not be woven any more
   * @param log takes a line for each class that cannot be woven
   */
  public JdkWeaver(Instrumentation instrumentation, KeptClasses kept, Consumer<String> log) {
    this.instrumentation = instrumentation;
    this.kept = kept;
    this.log = log;
  }

  /** Weaves what is loaded, and from now on what will be. */
  public void begin() throws ClassNotFoundException {
    for (String name : FIRST) {
      Class.forName(name, false, null);
    }
    instrumentation.addTransformer(this, true);
    WeaveAhead.follow();
    for (String name : WAITING) {
      Class.forName(name.replace('/', '.'), false, null);
    }
    weaveLoaded();
  }

  /**
   * Weaves what was loaded and not woven: a class that is first needed while another is being woven
   * is shown to nobody.
   *
   * @param types internal names of classes, of which one that was missed is looked for first
   */
  void catchUp(Stream<String> types) {
    if (ofInterest(types).anyMatch(type -> !seen.contains(type))) {
      catchUp();
    }
  }

  /** Those that this weaver is for. */
  static Stream<String> ofInterest(Stream<String> types) {
    return types.filter(JdkWeaver::isOfInterest);
  }

  /** As above. In a thread of its own, for the calling one may be weaving. */
  public void catchUp() {
    Explorer.outside(
        () -> {
          Thread weaver = new Thread(null, this::weaveLoaded, "agent-weaver", 0, false);
          weaver.setDaemon(true);
          weaver.start();
          try {
            weaver.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void weaveLoaded() {
    List<Class<?>> missed = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      String name = type.getName().replace('.', '/');
      if (type.getClassLoader() == null
          && isOfInterest(name)
          && !seen.contains(name)
          && instrumentation.isModifiableClass(type)) {
        missed.add(type);
      }
    }
    if (missed.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(missed.toArray(Class<?>[]::new));
    } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
      failed("the JDK", e);
    }
  }

  private void failed(String what, Throwable why) {
    Explorer.fail(what + " cannot be woven: " + why);
    log.accept("left alone: " + what + ": " + why);
  }

  static boolean isOfInterest(String name) {
    return name.startsWith(CONCURRENT) && !name.startsWith(CONCURRENT + "atomic/")
        || name.startsWith("java/util/Collections$Synchronized")
        || name.startsWith("java/util/Vector$")
        || name.startsWith("java/util/Hashtable$")
        || WAITING.contains(name)
        || OTHERS.contains(name);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null || name == null || !isOfInterest(name)) {
      return null;
    }
    seen.add(name);
    try {
      boolean versions = WAITING.contains(name);
      if (versions && redefined != null) {
        throw new IllegalStateException("it was loaded before the agent");
      }
      KeptClasses.Entry earlier = kept.ofJdk(name);
      if (earlier != null) {
        return earlier.woven();
      }
      // Threads have monitors of their own, which the explorer has no need to know.
      byte[] woven = weave(name, bytes, !versions && !name.startsWith("java/lang/"));
      return versions ? StepWeaver.ofJdk(woven == null ? bytes : woven) : woven;
    } catch (Throwable e) { // the JDK goes on, but nothing can be explored
      failed(name.replace('/', '.'), e);
      return null;
    }
  }

  private static byte @Nullable [] weave(String name, byte[] bytes, boolean shadows) {
    ClassModel model = ClassFile.of().parse(bytes);
    JdkCalls calls = new JdkCalls(name, shadows);
    if (model.methods().stream().noneMatch(calls::isOfInterest)) {
      return null;
    }
    ClassTransform methods =
        (builder, element) -> {
          if (element instanceof MethodModel method && calls.isOfInterest(method)) {
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    calls.in(method, (CodeAttribute) method.code().orElseThrow())));
          } else {
            builder.with(element);
          }
        };
    return ClassFile.of(
            ClassFile.StackMapsOption.DROP_STACK_MAPS, ClassFile.DeadCodeOption.KEEP_DEAD_CODE)
        .transformClass(model, methods);
  }
}
