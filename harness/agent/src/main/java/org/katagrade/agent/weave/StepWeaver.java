package org.katagrade.agent.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.race.Faults;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Weaves the explorer into classes outside the JDK. Each method gets versions for threads that are
 * explored: one with the explorer's steps, and one with the detector's hooks as well. For all other
 * threads it stays what it is without the explorer, but for a look at its beginning.
 */
public final class StepWeaver implements ClassFileTransformer {

  private static final ClassFile WRITER =
      ClassFile.of(
          ClassFile.StackMapsOption.DROP_STACK_MAPS, ClassFile.DeadCodeOption.KEEP_DEAD_CODE);
  private static final Hierarchy JDK = new Hierarchy(null);

  private final JdkWeaver jdk;
  private final @Nullable Weaver detector;
  private final Predicate<String> woven;
  private final Predicate<String> watched;
  private final KeptClasses kept;
  private final Consumer<String> log;
  private final WeakIdentityMap<ClassLoader, Hierarchy> hierarchies = new WeakIdentityMap<>();

  /**
   * A weaver.
   *
   * @param jdk weaves what the classes use of the JDK
   * @param detector weaves the race detector; null if nobody is interested in races
   * @param woven which classes to weave, by {@link Class#getName()}
   * @param watched which of these get steps at what they do with variables
   * @param kept those that need not be woven any more
   * @param log takes a line for each class that is left alone
   */
  public StepWeaver(
      JdkWeaver jdk,
      @Nullable Weaver detector,
      Predicate<String> woven,
      Predicate<String> watched,
      KeptClasses kept,
      Consumer<String> log) {
    this.jdk = jdk;
    this.detector = detector;
    this.woven = woven;
    this.watched = watched;
    this.kept = kept;
    this.log = log;
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || name == null
        || redefined != null
        || Weaver.isJdk(module)
        || Weaver.isOurs(name)
        || !woven.test(name.replace('/', '.'))) {
      return null;
    }
    boolean watches = watched.test(name.replace('/', '.'));
    KeptClasses.Entry earlier = watches ? null : kept.take(name, bytes);
    if (earlier != null) {
      return again(loader, earlier);
    }
    byte[] detected =
        detector == null ? null : detector.transform(module, loader, name, null, domain, bytes);
    if (watches && detector != null && detected == null) {
      Faults.note(new IllegalStateException(name.replace('/', '.') + " could not be woven"));
    }
    try {
      byte[] explored = weave(loader, bytes, detected, watches);
      return explored == null ? detected : explored;
    } catch (Throwable e) { // the program goes on, but cannot be explored
      Explorer.fail(name.replace('/', '.') + " cannot be woven: " + e);
      log.accept("left alone: " + name.replace('/', '.') + ": " + e);
      return detected;
    }
  }

  /** Weaves a class as it was woven before. */
  private byte @Nullable [] again(ClassLoader loader, KeptClasses.Entry earlier) {
    hierarchy(loader).add(earlier.name(), earlier.parents());
    if (detector != null) {
      detector.again(loader, earlier);
    }
    jdk.catchUp(earlier.uses().stream());
    return earlier.woven();
  }

  private Hierarchy hierarchy(ClassLoader loader) {
    return hierarchies.computeIfAbsent(loader, Hierarchy::new);
  }

  /** Weaves a class of the JDK, which gets no steps and no hooks of the detector. */
  static byte[] ofJdk(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    return write(model, model, false, new StepCalls(JDK), false);
  }

  private byte @Nullable [] weave(
      ClassLoader loader, byte[] bytes, byte @Nullable [] detected, boolean watches) {
    ClassModel model = ClassFile.of().parse(bytes);
    if (model.majorVersion() < Versions.OLDEST || model.flags().has(AccessFlag.MODULE)) {
      return null;
    }
    Hierarchy hierarchy = hierarchy(loader);
    hierarchy.add(model);
    StepCalls calls = new StepCalls(hierarchy);
    MethodReferences references =
        new MethodReferences(
            "lambda$step$",
            (owner, name, descriptor, isInterface) -> calls.isOfInterest(owner, name, descriptor));
    if (references.anyIn(model)) {
      model = WRITER.parse(WRITER.transformClass(model, references.asLambdas(model)));
    }
    ClassModel base = detected == null ? model : WRITER.parse(detected);
    byte[] written = write(base, model, detected != null, calls, watches);
    jdk.catchUp(typesIn(model));
    return written;
  }

  /** Internal names of the classes that one speaks of. */
  static Stream<String> typesIn(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .filter(ClassEntry.class::isInstance)
        .map(entry -> ((ClassEntry) entry).asInternalName());
  }

  private static byte[] write(
      ClassModel base, ClassModel model, boolean detects, StepCalls calls, boolean watches) {
    Versions versions = new Versions(model, detects, calls, watches);
    ClassTransform methods =
        (builder, element) -> {
          if (element instanceof MethodModel method && method.code().isPresent()) {
            versions.write(builder, method);
          } else {
            builder.with(element);
          }
        };
    return WRITER.transformClass(
        base, methods.andThen(ClassTransform.endHandler(versions::writeRest)));
  }
}
