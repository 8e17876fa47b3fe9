package org.katagrade.agent.race;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/** A class as it was woven: its fields, and the order that its initialisation gives. */
public final class WovenClass {

  /** The synthetic field that holds what is remembered of an object's fields. */
  public static final String SHADOW = "$race";

  /** Not volatile: a class's number is first used by its own code, which comes later. */
  private static @Nullable WovenClass[] all = new @Nullable WovenClass[64];

  private static int count;

  private static final WeakIdentityMap<ClassLoader, Map<String, WovenClass>> BY_LOADER =
      new WeakIdentityMap<>();
  private static final ByClass<Found> FOUND =
      new ByClass<>() {
        @Override
        protected Found compute(Class<?> type) {
          ClassLoader loader = type.getClassLoader();
          return new Found(loader == null ? null : WovenClass.of(loader, type.getName()));
        }
      };

  private record Found(@Nullable WovenClass woven) {}

  /**
   * A field that the class declares.
   *
   * @param descriptor its type, as the class file says it; obfuscated classes have several fields
   *     of one name
   * @param access its access flags, as in the class file
   */
  public record Field(String name, String descriptor, int access) {

    /** Whether it holds a reference. */
    boolean reference() {
      return descriptor.startsWith("L") || descriptor.startsWith("[");
    }
  }

  final int number;
  final String name;

  /** Whether its fields are variables of interest; order is taken from all. */
  final boolean watched;

  final SyncVar initialised = new SyncVar();
  final @Nullable Cell[] statics;
  private final List<Field> fields;
  private volatile long shadowOffset;

  /** Describes a class that is being woven. */
  public WovenClass(String name, boolean watched, List<Field> fields) {
    this(nextNumber(), name, watched, fields);
  }

  private WovenClass(int number, String name, boolean watched, List<Field> fields) {
    this.number = number;
    this.name = name;
    this.watched = watched;
    this.fields = List.copyOf(fields);
    this.statics = Cells.of(fields.size());
    synchronized (WovenClass.class) {
      all[number] = this;
    }
  }

  private static synchronized int nextNumber() {
    int number = count++;
    all = number < all.length ? all : Arrays.copyOf(all, 2 * number);
    return number;
  }

  /** Takes over so many numbers of an earlier JVM; called before there are others. */
  public static synchronized void begin(int numbers) {
    if (count != 0) {
      throw new IllegalStateException("classes have been numbered already");
    }
    count = numbers;
    all = Arrays.copyOf(all, Math.max(all.length, numbers));
  }

  /** Describes a class that was woven in an earlier JVM, which gave it this number. */
  public static WovenClass earlier(int number, String name, List<Field> fields) {
    return new WovenClass(number, name, false, fields);
  }

  /** How many numbers there are. */
  public static synchronized int numbers() {
    return count;
  }

  /** The class with this number. */
  static WovenClass numbered(int number) {
    return Objects.requireNonNull(all[number]);
  }

  /** What was woven of the class of this name in a loader, or null if it was left alone. */
  public static @Nullable WovenClass of(ClassLoader loader, String name) {
    Map<String, WovenClass> known = BY_LOADER.get(loader);
    return known == null ? null : known.get(name);
  }

  /** Tells it from all others. */
  public int number() {
    return number;
  }

  /** Makes it known; called before the class exists. */
  public void defineIn(ClassLoader loader) {
    BY_LOADER.computeIfAbsent(loader, any -> new ConcurrentHashMap<>()).put(name, this);
  }

  /** What was woven of this class, or null if it was left alone. */
  public static @Nullable WovenClass of(Class<?> type) {
    return FOUND.get(type).woven;
  }

  /** Whether what is read and written there is of interest. */
  public boolean isWatched() {
    return watched;
  }

  /** Whether it declares such a field, neither volatile nor final. */
  public boolean isPlain(String field, String descriptor) {
    int index = indexOf(field, descriptor);
    return index >= 0
        && !Modifier.isVolatile(field(index).access())
        && !Modifier.isFinal(field(index).access());
  }

  /** Whether others may reach objects through its final fields. */
  public boolean hasFinalReferences() {
    for (Field field : fields) {
      if (field.reference()
          && Modifier.isFinal(field.access())
          && !Modifier.isStatic(field.access())) {
        return true;
      }
    }
    return false;
  }

  /** Where the shadow is in objects of the class. */
  long shadowOffset(Class<?> type) {
    long known = shadowOffset;
    if (known == 0) {
      known = Unsafe.getUnsafe().objectFieldOffset(type, SHADOW);
      shadowOffset = known;
    }
    return known;
  }

  /** The fields that it declares, in their order. */
  public List<Field> fields() {
    return fields;
  }

  int count() {
    return fields.size();
  }

  /** Where the field of this name and type is; of any type if that is null; -1 for none. */
  public int indexOf(String name, @Nullable String descriptor) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.name().equals(name)
          && (descriptor == null || field.descriptor().equals(descriptor))) {
        return i;
      }
    }
    return -1;
  }

  Field field(int index) {
    return fields.get(index);
  }
}
