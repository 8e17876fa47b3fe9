package org.katagrade.checks.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records down in bytes and reads them back, without a library: this runs beside hostile
 * code and at every start of a child.
 *
 * <p>Knows records, sealed interfaces of records, lists, strings, enums, {@code int}, {@code long},
 * {@code boolean} and {@code byte[]}; any component may be null. The reader decides the types, so a
 * sender cannot make it create anything else; sizes are bounded.
 */
public final class Codec {

  private static final int MOST_BYTES = 64 << 20;

  private Codec() {}

  /** Writes a value as a component of this type. */
  public static void write(DataOutputStream out, Type type, @Nullable Object value)
      throws IOException {
    out.writeBoolean(value != null);
    if (value == null) {
      return;
    }
    switch (value) {
      case String text -> writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> writeBytes(out, bytes);
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Enum<?> constant -> out.writeInt(constant.ordinal());
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object element : list) {
          write(out, elementOf(type), element);
        }
      }
      case Record record -> writeRecord(out, (Class<?>) type, record);
      default -> throw new IllegalArgumentException("cannot write a " + value.getClass());
    }
  }

  /** Reads a value of this type. */
  public static @Nullable Object read(DataInputStream in, Type type) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    if (type instanceof ParameterizedType) {
      int size = size(in);
      List<Object> list = new ArrayList<>(Math.min(size, 1024));
      for (int i = 0; i < size; i++) {
        Object element = read(in, elementOf(type));
        if (element == null) {
          throw new IOException("null in a list");
        }
        list.add(element);
      }
      return list;
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return new String(readBytes(in), StandardCharsets.UTF_8);
    }
    if (plain == byte[].class) {
      return readBytes(in);
    }
    if (plain == int.class) {
      return in.readInt();
    }
    if (plain == long.class) {
      return in.readLong();
    }
    if (plain == boolean.class) {
      return in.readBoolean();
    }
    if (plain.isEnum()) {
      return pick(plain.getEnumConstants(), in.readInt());
    }
    if (plain.isSealed()) {
      return readRecord(in, (Class<?>) pick(plain.getPermittedSubclasses(), in.readInt()));
    }
    return readRecord(in, plain);
  }

  private static void writeRecord(DataOutputStream out, Class<?> type, Record record)
      throws IOException {
    if (type.isSealed()) {
      out.writeInt(Arrays.asList(type.getPermittedSubclasses()).indexOf(record.getClass()));
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        write(out, component.getGenericType(), component.getAccessor().invoke(record));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("reading " + component, e);
      }
    }
  }

  private static Object readRecord(DataInputStream in, Class<?> type) throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = read(in, components[i].getGenericType());
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IOException("not a valid " + type.getSimpleName(), e);
    }
  }

  private static Type elementOf(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0];
  }

  private static Object pick(Object @Nullable [] choices, int index) throws IOException {
    if (choices == null || index < 0 || index >= choices.length) {
      throw new IOException("no choice " + index);
    }
    return choices[index];
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(size(in));
    return bytes;
  }

  private static int size(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST_BYTES) {
      throw new IOException("size " + size);
    }
    return size;
  }
}
