package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.Opcode;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The monitors a thread has on its way through a method: at each instruction the lines where those
 * were taken that are held there, outermost first.
 *
 * <p>A {@code synchronized} method takes its own at its first line with code.
 */
public final class Monitors {

  private final Code code;
  private final boolean own;
  private final Map<Integer, List<Integer>> heldAt = new HashMap<>();

  private Monitors(Code code) {
    this.code = code;
    this.own = code.method().flags().has(AccessFlag.SYNCHRONIZED);
  }

  /** Those of a method, whose blocks are nested in each other as Java's are. */
  public static Monitors of(Code code) {
    Monitors monitors = new Monitors(code);
    monitors.walk();
    return monitors;
  }

  private void walk() {
    Deque<Integer> open = new ArrayDeque<>();
    reach(0, own ? List.of(code.line(0)) : List.of(), open);
    while (!open.isEmpty()) {
      int index = open.pop();
      List<Integer> held = Objects.requireNonNull(heldAt.get(index));
      List<Integer> after = after(index, held);
      code.flow().next(index).forEach(next -> reach(next, after, open));
      // What is caught has left all that was entered since the beginning of what is covered.
      code.flow().handlersOver(index).stream()
          .filter(handler -> handler.start() == index)
          .forEach(handler -> reach(handler.entry(), held, open));
    }
  }

  private void reach(int index, List<Integer> held, Deque<Integer> open) {
    if (heldAt.putIfAbsent(index, held) == null) {
      open.push(index);
    }
  }

  private List<Integer> after(int index, List<Integer> held) {
    return switch (code.at(index).opcode()) {
      case MONITORENTER -> {
        List<Integer> more = new ArrayList<>(held);
        more.add(code.line(index));
        yield List.copyOf(more);
      }
      case MONITOREXIT -> held.isEmpty() ? held : held.subList(0, held.size() - 1);
      default -> held;
    };
  }

  /** What may be held by a thread that stands at a line. */
  public Set<List<Integer>> heldAt(int line) {
    Set<List<Integer>> all = new HashSet<>();
    heldAt.forEach(
        (index, held) -> {
          if (code.line(index) == line) {
            all.add(held);
          }
        });
    return all;
  }

  /**
   * What may be held, and last what is waited for, by a thread that waits to enter and is said to
   * stand at a line: compiled code stands at the entry, interpreted code at what comes next.
   */
  public Set<List<Integer>> enteringAt(int line) {
    Set<List<Integer>> all = new HashSet<>();
    if (own && code.line(0) == line) {
      all.add(List.of(line));
    }
    heldAt.forEach(
        (index, held) -> {
          if (code.at(index).opcode() == Opcode.MONITORENTER
              && (code.line(index) == line || code.line(index + 1) == line)) {
            all.add(after(index, held));
          }
        });
    return all;
  }
}
