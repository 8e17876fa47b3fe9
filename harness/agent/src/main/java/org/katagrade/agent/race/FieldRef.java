package org.katagrade.agent.race;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Stable;
import org.jspecify.annotations.Nullable;

/**
 * A field as an instruction names it: by an owner that may only inherit it. Which class declares it
 * is found out when the first object comes along, by the JVM's own order (JVMS 5.4.3.2).
 */
public final class FieldRef {

  enum Kind {
    /** Not of interest, or not in a woven class. */
    IGNORED,
    PLAIN,
    VOLATILE,
    FINAL
  }

  /**
   * A field and its place. A record, since the JVM's compiler takes a record's fields for
   * constants.
   *
   * @param quiet whether a read or write by itself tells nothing
   * @param offset of the shadow in objects of the declaring class
   */
  record Place(
      Kind kind,
      boolean plain,
      boolean quiet,
      long offset,
      int index,
      @Nullable WovenClass declares) {

    static final Place UNKNOWN = of(Kind.IGNORED, 0, -1, null);

    static Place of(Kind kind, long offset, int index, @Nullable WovenClass declares) {
      return new Place(
          kind,
          kind == Kind.PLAIN,
          kind == Kind.FINAL || kind == Kind.IGNORED,
          offset,
          index,
          declares);
    }
  }

  private static final int CHUNK = 10;
  private static final int IN_CHUNK = (1 << CHUNK) - 1;
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Not volatile: a number is first used by a class that was woven before it was loaded. */
  private static @Nullable FieldRef[] all = new @Nullable FieldRef[256];

  /** Those that an earlier JVM has numbered, as far as nobody has used them. */
  private static @Nullable IntFunction<FieldRef> earlier;

  /**
   * Their places, as far as they are known. Stable: what is not null never changes, so compiled
   * code has it as a constant.
   */
  @Stable
  private static final @Nullable Place[] @Nullable [] PLACES =
      new @Nullable Place[1 << 14] @Nullable [];

  final String owner;
  final String name;
  private final @Nullable String descriptor;

  /** -1 as long as it has none. */
  private int number = -1;

  /** Null until the first use. Not volatile: places are immutable, and equal if found twice. */
  private @Nullable Place place;

  /**
   * A reference.
   *
   * @param owner as {@link Class#getName()} says it
   * @param descriptor the field's type as a class file says it, or null if only the name is known
   */
  public FieldRef(String owner, String name, @Nullable String descriptor) {
    this.owner = owner;
    this.name = name;
    this.descriptor = descriptor;
  }

  /** Takes over the numbers of an earlier JVM; called before there are others. */
  public static void begin(int count, IntFunction<FieldRef> earlier) {
    synchronized (COUNT) {
      if (COUNT.get() != 0) {
        throw new IllegalStateException("fields have been numbered already");
      }
      COUNT.set(count);
      all = Arrays.copyOf(all, Math.max(all.length, count));
      for (int chunk = 0; chunk << CHUNK < count; chunk++) {
        PLACES[chunk] = new @Nullable Place[IN_CHUNK + 1];
      }
      FieldRef.earlier = earlier;
    }
  }

  /** How many numbers there are. */
  public static int count() {
    return COUNT.get();
  }

  /** Gives the reference a number. */
  public static int register(FieldRef ref) {
    synchronized (COUNT) {
      int number = COUNT.getAndIncrement();
      @Nullable FieldRef[] refs = all;
      if (number == refs.length) {
        refs = Arrays.copyOf(refs, 2 * number);
      }
      if ((number & IN_CHUNK) == 0) {
        PLACES[number >>> CHUNK] = new @Nullable Place[IN_CHUNK + 1];
      }
      ref.number = number;
      refs[number] = ref;
      all = refs;
      return number;
    }
  }

  /** The place of the reference with this number, if it is known already. */
  static @Nullable Place placeOf(int number) {
    @Nullable Place[] chunk = PLACES[number >>> CHUNK];
    return chunk == null ? null : chunk[number & IN_CHUNK];
  }

  /** The reference with this number. */
  public static FieldRef of(int number) {
    FieldRef known = all[number];
    if (known != null) {
      return known;
    }
    // Equal if it is made twice.
    FieldRef made = Objects.requireNonNull(earlier).apply(number);
    made.number = number;
    all[number] = made;
    return made;
  }

  public String owner() {
    return owner;
  }

  public String name() {
    return name;
  }

  public @Nullable String descriptor() {
    return descriptor;
  }

  /** Its place, for an instruction that has this object. */
  Place in(Object object) {
    Place known = place;
    if (known != null) {
      return known;
    }
    Class<?> type = object.getClass();
    while (type != null && !type.getName().equals(owner)) {
      type = type.getSuperclass();
    }
    return resolve(type);
  }

  /** Its place, for an instruction that names this class. */
  Place inStatic(Class<?> type) {
    Place known = place;
    return known != null ? known : resolve(type);
  }

  private Place resolve(@Nullable Class<?> type) {
    Place found = find(type);
    place = found;
    @Nullable Place[] chunk = number < 0 ? null : PLACES[number >>> CHUNK];
    if (chunk != null && chunk[number & IN_CHUNK] == null) {
      chunk[number & IN_CHUNK] = found;
    }
    return found;
  }

  private Place find(@Nullable Class<?> type) {
    if (type == null) {
      return Place.UNKNOWN;
    }
    WovenClass woven = WovenClass.of(type);
    int index = woven == null ? -1 : woven.indexOf(name, descriptor);
    if (woven != null && index >= 0) {
      return placeOf(type, woven, index);
    }
    for (Class<?> parent : type.getInterfaces()) {
      Place place = find(parent);
      if (place != Place.UNKNOWN) {
        return place;
      }
    }
    return find(type.getSuperclass());
  }

  private static Place placeOf(Class<?> type, WovenClass woven, int index) {
    int access = woven.field(index).access();
    Kind kind =
        Modifier.isFinal(access)
            ? Kind.FINAL
            : Modifier.isVolatile(access)
                ? Kind.VOLATILE
                : woven.watched ? Kind.PLAIN : Kind.IGNORED;
    long offset =
        Modifier.isStatic(access) || type.isInterface()
            ? 0
            : Unsafe.getUnsafe().objectFieldOffset(type, WovenClass.SHADOW);
    return Place.of(kind, offset, index, woven);
  }
}
