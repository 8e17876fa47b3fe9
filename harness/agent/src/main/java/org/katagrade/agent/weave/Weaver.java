package org.katagrade.agent.weave;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.WeakIdentityMap;
import org.katagrade.agent.race.WovenClass;

/**
 * Weaves the detector into every class outside the JDK. A class that it cannot weave stays as it
 * is, with a line in the log: never a broken program.
 */
public final class Weaver implements ClassFileTransformer {

  /**
   * The first version whose class files have frames throughout; before, there may be {@code jsr}.
   */
  private static final int OLDEST = ClassFile.JAVA_5_VERSION;

  private final Predicate<String> woven;
  private final Predicate<String> watched;
  private final Consumer<String> log;
  private final CallTable calls = CallTable.ofTheJdk();
  private final WeakIdentityMap<ClassLoader, Hierarchy> hierarchies = new WeakIdentityMap<>();

  /**
   * A weaver.
   *
   * @param woven which classes to weave, by {@link Class#getName()}
   * @param watched of which of these the variables are of interest; order is taken from all
   * @param log takes a line for each class that is left alone
   */
  public Weaver(Predicate<String> woven, Predicate<String> watched, Consumer<String> log) {
    this.woven = woven;
    this.watched = watched;
    this.log = log;
  }

  /** The JDK has modules that the application's own loader defines, such as its compiler. */
  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return isJdk(module) ? null : transform(loader, name, redefined, domain, bytes);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || name == null
        || redefined != null
        || isOurs(name)
        || !woven.test(name.replace('/', '.'))) {
      return null;
    }
    try {
      return weave(loader, bytes);
    } catch (Throwable e) { // whatever it is, the program must go on without us
      log.accept("left alone: " + name.replace('/', '.') + ": " + e);
      return null;
    }
  }

  /** Classes that came before the agent cannot be woven: that takes one more field. */
  public void tellOfThoseLoaded(Class<?>[] types) {
    for (Class<?> type : types) {
      ClassLoader loader = type.getClassLoader();
      if (loader != null
          && loader != ClassLoader.getPlatformClassLoader()
          && !type.isArray()
          && !isJdk(type.getModule())
          && !isOurs(type.getName().replace('.', '/'))
          && woven.test(type.getName())) {
        log.accept("left alone: " + type.getName() + ": it was loaded before the agent");
      }
    }
  }

  static boolean isJdk(Module module) {
    return module.isNamed()
        && (module.getName().startsWith("java.") || module.getName().startsWith("jdk."));
  }

  static boolean isOurs(String name) {
    return name.startsWith("org/katagrade/agent/");
  }

  /** Takes in a class that an earlier JVM has woven. */
  void again(ClassLoader loader, KeptClasses.Entry earlier) {
    hierarchy(loader).add(earlier.name(), earlier.parents());
    if (earlier.number() >= 0) {
      WovenClass.earlier(earlier.number(), earlier.name().replace('/', '.'), earlier.fields())
          .defineIn(loader);
    }
  }

  private Hierarchy hierarchy(ClassLoader loader) {
    return hierarchies.computeIfAbsent(loader, Hierarchy::new);
  }

  private byte @Nullable [] weave(ClassLoader loader, byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName().replace('/', '.');
    if (model.majorVersion() < OLDEST) {
      log.accept("left alone: " + name + ": its class file is of version " + model.majorVersion());
      return null;
    }
    List<WovenClass.Field> fields = new ArrayList<>();
    for (FieldModel field : model.fields()) {
      if (field.fieldName().equalsString(WovenClass.SHADOW)) {
        log.accept("left alone: " + name + ": it has a field " + WovenClass.SHADOW);
        return null;
      }
      fields.add(
          new WovenClass.Field(
              field.fieldName().stringValue(),
              field.fieldType().stringValue(),
              field.flags().flagsMask()));
    }
    if (model.flags().has(AccessFlag.MODULE)) {
      return null;
    }
    Hierarchy hierarchy = hierarchy(loader);
    hierarchy.add(model);
    ClassFile writer =
        ClassFile.of(
            ClassFile.StackMapsOption.DROP_STACK_MAPS, ClassFile.DeadCodeOption.KEEP_DEAD_CODE);
    MethodReferences references =
        new MethodReferences(
            "lambda$race$",
            (owner, method, descriptor, isInterface) ->
                calls.isOfInterest(owner, method, descriptor, hierarchy)
                    || !calls.behind(owner, method, descriptor, isInterface, hierarchy).isEmpty());
    if (references.anyIn(model)) {
      model = writer.parse(writer.transformClass(model, references.asLambdas(model)));
    }
    InheritedCalls inherited = new InheritedCalls("call$race$", calls, hierarchy);
    if (inherited.anyIn(model)) {
      model = writer.parse(writer.transformClass(model, inherited.asMethods(model)));
    }
    WovenClass woven = new WovenClass(name, watched.test(name), fields);
    woven.defineIn(loader);
    ClassContext context = new ClassContext(model, woven, hierarchy, calls);
    return writer.transformClass(model, transform(context));
  }

  private static ClassTransform transform(ClassContext context) {
    return new ClassTransform() {
      @Override
      public void accept(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && method.code().isPresent()) {
          MethodWeaver weaver = new MethodWeaver(context, method, method.code().orElseThrow());
          builder.transformMethod(method, MethodTransform.transformingCode(weaver));
        } else {
          builder.with(element);
        }
      }

      @Override
      public void atEnd(ClassBuilder builder) {
        if (!context.model().flags().has(AccessFlag.INTERFACE)) {
          builder.withField(
              WovenClass.SHADOW,
              MethodWeaver.CELLS,
              ClassFile.ACC_PRIVATE | ClassFile.ACC_TRANSIENT | ClassFile.ACC_SYNTHETIC);
        }
      }
    };
  }
}
