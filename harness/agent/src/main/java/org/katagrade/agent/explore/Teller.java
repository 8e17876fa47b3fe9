package org.katagrade.agent.explore;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in a run. What a thread writes is looked at when the next thing happens, for
 * nobody else has gone on until then.
 */
final class Teller {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final int MOST = 10_000;
  private static final int LONGEST_VALUE = 60;
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Step> steps = new ArrayList<>();
  private final Names names = new Names();
  private boolean cut;
  private @Nullable Runnable unfinished;

  /** What was told so far. */
  Story story(List<String> threads) {
    finish();
    return new Story(threads, steps, cut);
  }

  Names names() {
    return names;
  }

  void reads(Strand me, @Nullable Object owner, int field) {
    quietly(
        () -> {
          FieldName name = FieldName.of(field);
          add(me, "reads " + name.name() + ": " + text(valueOf(owner, name)), Traces.line());
        });
  }

  void writes(Strand me, @Nullable Object owner, int field) {
    quietly(
        () -> {
          FieldName name = FieldName.of(field);
          addUnfinished(me, "writes " + name.name() + ": ", () -> valueOf(owner, name));
        });
  }

  void readsElement(Strand me, Object array, int index) {
    quietly(
        () ->
            add(me, "reads element " + index + ": " + text(element(array, index)), Traces.line()));
  }

  void writesElement(Strand me, Object array, int index) {
    quietly(() -> addUnfinished(me, "writes element " + index + ": ", () -> element(array, index)));
  }

  void calls(Strand me, @Nullable Object receiver, int method) {
    quietly(
        () -> {
          MethodName name = MethodName.of(method);
          String what =
              receiver == null || receiver instanceof java.lang.invoke.VarHandle
                  ? name.owner().substring(name.owner().lastIndexOf('.') + 1)
                  : names.text(receiver);
          add(me, "calls " + what + "." + name.name(), Traces.line());
        });
  }

  /** Returns the line of it. */
  @Nullable StackTraceElement takes(Strand me, Object lock) {
    return lock(me, "takes ", lock);
  }

  /** Returns the line of it. */
  @Nullable StackTraceElement takesAgain(Strand me, Object lock) {
    return lock(me, "takes again ", lock);
  }

  void gives(Strand me, Object lock) {
    lock(me, "gives back ", lock);
  }

  void waits(Strand me, Object monitor, boolean timed) {
    lock(me, timed ? "waits for a time on " : "waits on ", monitor);
  }

  private @Nullable StackTraceElement lock(Strand me, String what, Object lock) {
    @Nullable StackTraceElement[] line = new @Nullable StackTraceElement[1];
    quietly(
        () -> {
          line[0] = Traces.line();
          add(me, what + names.text(lock), line[0]);
        });
    return line[0];
  }

  void notifies(Strand me, Strand other) {
    quietly(() -> add(me, "notifies " + nameOf(other), Traces.line()));
  }

  void notifiesNobody(Strand me) {
    quietly(() -> add(me, "notifies nobody: none waits", Traces.line()));
  }

  void starts(Strand me, Strand other) {
    quietly(
        () -> {
          StackTraceElement[] stack = new Throwable().getStackTrace();
          other.startedAt = Traces.clean(stack);
          add(me, "starts " + nameOf(other), Traces.line(stack));
        });
  }

  void waits(Strand me, String what) {
    quietly(() -> add(me, what, Traces.line()));
  }

  /** Told where it is felt; of a thread that is in code of the JDK alone it says nothing. */
  void interrupted(Strand me) {
    quietly(
        () -> {
          StackTraceElement line = Traces.line();
          if (line != null) {
            add(me, "is interrupted", line);
          }
        });
  }

  /** Told when the run is over: who came for a lock that nobody gave back. */
  void keptOut(Strand strand, Object lock, Strand holder) {
    quietly(
        () ->
            add(
                strand,
                "waits for " + names.text(lock) + ", which " + nameOf(holder) + " holds",
                Traces.line(strand.getStackTrace())));
  }

  /** By the type alone: to ask for more would be to call the program. */
  void threw(Strand me, Throwable thrown) {
    quietly(() -> add(me, "throws " + thrown.getClass().getSimpleName(), Traces.line(thrown)));
  }

  void ends(Strand me) {
    quietly(() -> add(me, "ends", null));
  }

  void timePasses(Strand first, long nanos) {
    quietly(() -> add(first, "time passes: " + nanos / NANOS_PER_MILLI + " ms", null));
  }

  /** The thread's name, or what stands for it. */
  static String nameOf(Strand strand) {
    String name = strand.thread.getName();
    return name.isEmpty() ? "virtual thread " + strand.number : name;
  }

  /** What telling does is no part of the run. */
  private static void quietly(Runnable telling) {
    Explorer.outside(telling);
  }

  private void add(Strand me, String text, @Nullable StackTraceElement at) {
    finish();
    if (steps.size() < MOST) {
      steps.add(new Step(me.number, text, at));
    } else {
      cut = true;
    }
  }

  private interface Value {
    @Nullable Object get();
  }

  private void addUnfinished(Strand me, String text, Value value) {
    add(me, text, Traces.line());
    int index = steps.size() - 1;
    unfinished =
        () -> {
          Step begun = steps.get(index);
          steps.set(index, new Step(begun.thread(), text + text(value.get()), begun.at()));
        };
  }

  private void finish() {
    Runnable last = unfinished;
    unfinished = null;
    if (last != null) {
      last.run();
    }
  }

  private static @Nullable Object valueOf(@Nullable Object owner, FieldName name) {
    if (owner == null) {
      return Unknown.VALUE;
    }
    try {
      Class<?> type = owner.getClass();
      while (type != null && !type.getName().equals(name.owner())) {
        type = type.getSuperclass();
      }
      for (; type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (field.getName().equals(name.name()) && !Modifier.isStatic(field.getModifiers())) {
            return get(field, owner, UNSAFE.objectFieldOffset(field));
          }
        }
      }
    } catch (RuntimeException | LinkageError e) {
      return Unknown.VALUE;
    }
    return Unknown.VALUE;
  }

  private enum Unknown {
    VALUE
  }

  private static @Nullable Object get(Field field, Object owner, long offset) {
    Class<?> type = field.getType();
    if (type == int.class) {
      return UNSAFE.getIntVolatile(owner, offset);
    } else if (type == long.class) {
      return UNSAFE.getLongVolatile(owner, offset);
    } else if (type == boolean.class) {
      return UNSAFE.getBooleanVolatile(owner, offset);
    } else if (type == byte.class) {
      return UNSAFE.getByteVolatile(owner, offset);
    } else if (type == char.class) {
      return UNSAFE.getCharVolatile(owner, offset);
    } else if (type == short.class) {
      return UNSAFE.getShortVolatile(owner, offset);
    } else if (type == float.class) {
      return UNSAFE.getFloatVolatile(owner, offset);
    } else if (type == double.class) {
      return UNSAFE.getDoubleVolatile(owner, offset);
    }
    return UNSAFE.getReferenceVolatile(owner, offset);
  }

  private static @Nullable Object element(Object array, int index) {
    return index >= 0 && index < Array.getLength(array) ? Array.get(array, index) : Unknown.VALUE;
  }

  /** Without calling anything of the program's own. */
  private String text(@Nullable Object value) {
    if (value == Unknown.VALUE) {
      return "?";
    }
    if (value instanceof String text) {
      return '"'
          + (text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text)
          + '"';
    }
    if (value == null
        || value instanceof Number && value.getClass().getName().startsWith("java.lang.")
        || value instanceof Boolean
        || value instanceof Character) {
      return String.valueOf(value);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Thread thread) {
      Strand strand = Internals.strandOf(thread);
      return strand == null ? thread.getName() : nameOf(strand);
    }
    return names.text(value);
  }
}
