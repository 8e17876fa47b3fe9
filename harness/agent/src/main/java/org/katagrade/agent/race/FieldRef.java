package org.katagrade.agent.race;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.internal.misc.Unsafe;
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

  /** A field and its place. */
  static final class Place {

    static final Place UNKNOWN = new Place(Kind.IGNORED, 0, -1, null);

    final Kind kind;
    final boolean plain;

    /** Whether a read or write by itself tells nothing. */
    final boolean quiet;

    /** Of the shadow in objects of the declaring class. */
    final long offset;

    final int index;
    final @Nullable WovenClass declares;

    Place(Kind kind, long offset, int index, @Nullable WovenClass declares) {
      this.kind = kind;
      this.plain = kind == Kind.PLAIN;
      this.quiet = kind == Kind.FINAL || kind == Kind.IGNORED;
      this.offset = offset;
      this.index = index;
      this.declares = declares;
    }
  }

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Not volatile: a number is first used by a class that was woven before it was loaded. */
  private static FieldRef[] all = new FieldRef[256];

  final String owner;
  final String name;
  private final @Nullable String descriptor;

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

  /** Gives the reference a number. */
  public static int register(FieldRef ref) {
    synchronized (COUNT) {
      int number = COUNT.getAndIncrement();
      FieldRef[] refs = all;
      if (number == refs.length) {
        refs = Arrays.copyOf(refs, 2 * number);
      }
      refs[number] = ref;
      all = refs;
      return number;
    }
  }

  /** The place of the reference with this number, if it is known already. */
  static @Nullable Place placeOf(int number) {
    return all[number].place;
  }

  static FieldRef of(int number) {
    return all[number];
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
    return new Place(kind, offset, index, woven);
  }
}
