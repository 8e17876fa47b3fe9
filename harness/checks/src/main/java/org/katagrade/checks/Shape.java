package org.katagrade.checks;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.WovenClass;

/**
 * What a graph of objects looks like: equal for graphs that nobody could tell apart, without asking
 * their classes to know that.
 *
 * <p>Objects are numbered as they are met, and one that is met again is told by its number. Of
 * collections of the JDK their elements count, in the order they are gone through; of other objects
 * their fields. What cannot be looked into is equal to nothing, which costs time and is never
 * wrong.
 */
final class Shape {

  /** Fields of the classes that were looked into. */
  private final Map<Class<?>, List<Field>> fields;

  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final List<@Nullable Object> tokens = new ArrayList<>();

  private Shape(Map<Class<?>, List<Field>> fields) {
    this.fields = fields;
  }

  /** Takes shapes. For use by one thread. */
  static final class Taker {

    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    /** The shape of everything that can be reached from these. */
    List<@Nullable Object> of(Iterable<? extends @Nullable Object> roots) {
      Shape shape = new Shape(fields);
      roots.forEach(shape::add);
      return shape.tokens;
    }
  }

  /** An object that was met before. */
  private record Again(int number) {}

  private void add(@Nullable Object object) {
    if (object == null || isValue(object)) {
      tokens.add(object);
      return;
    }
    Integer number = numbers.putIfAbsent(object, numbers.size());
    if (number != null) {
      tokens.add(new Again(number));
      return;
    }
    tokens.add(object.getClass());
    switch (object) {
      case Collection<?> collection when isOfTheJdk(object) ->
          addAll(collection.size(), collection);
      case Map<?, ?> map when isOfTheJdk(object) -> {
        tokens.add(map.size());
        map.forEach(
            (key, value) -> {
              add(key);
              add(value);
            });
      }
      case Number changing when isOfTheJdk(object) -> tokens.add(changing.toString());
      default -> {
        if (object.getClass().isArray()) {
          addArray(object);
        } else {
          addFields(object);
        }
      }
    }
  }

  /** Others may keep more than their elements. */
  private static boolean isOfTheJdk(Object object) {
    return object.getClass().getModule() == Object.class.getModule();
  }

  private static boolean isValue(Object object) {
    return object instanceof String
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum<?>
        || (object instanceof Number && object.getClass().getPackageName().equals("java.lang"));
  }

  private void addAll(int size, Iterable<?> elements) {
    tokens.add(size);
    elements.forEach(this::add);
  }

  private void addArray(Object array) {
    int length = Array.getLength(array);
    tokens.add(length);
    for (int i = 0; i < length; i++) {
      add(Array.get(array, i));
    }
  }

  private void addFields(Object object) {
    try {
      for (Field field : fields.computeIfAbsent(object.getClass(), Shape::fieldsOf)) {
        add(field.get(object));
      }
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      tokens.add(new Object()); // equal to nothing
    }
  }

  /** The race detector's own; what it knows of an object leads to every thread there was. */
  private static boolean isWoven(Field field) {
    return field.getName().equals(WovenClass.SHADOW);
  }

  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !isWoven(field)) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }
}
