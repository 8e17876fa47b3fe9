package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operand stack before each instruction of a method, found by following every path through it.
 *
 * <p>A method of a size that no person writes is not followed: all its operands are unknown.
 */
final class Operands {

  private static final long MOST_WORK = 20_000_000;

  private final Map<Integer, List<Value>> stacks;

  private Operands(Map<Integer, List<Value>> stacks) {
    this.stacks = stacks;
  }

  static Operands of(ClassModel type, MethodModel method, Listing listing) {
    int size = listing.instructions().size();
    if ((long) size * Math.max(1, listing.maxLocals()) > MOST_WORK) {
      return new Operands(Map.of());
    }
    return new Operands(new Paths(listing).follow(entry(type, method, listing.maxLocals())));
  }

  Value at(int index, int depth) {
    List<Value> stack = stacks.getOrDefault(index, List.of());
    return depth < stack.size() ? stack.get(stack.size() - 1 - depth) : Value.UNKNOWN;
  }

  private static State entry(ClassModel type, MethodModel method, int maxLocals) {
    @Nullable Value[] locals = new @Nullable Value[maxLocals];
    int slot = 0;
    if (!method.flags().has(AccessFlag.STATIC)) {
      locals[slot++] = new Value(type.thisClass().asSymbol(), Value.THIS);
    }
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      Value value = Value.of(parameter);
      locals[slot] = value;
      slot += value.isWide() ? 2 : 1;
    }
    return new State(locals, new ArrayList<>());
  }

  /** The work list: states where paths meet, until none of them changes any more. */
  private static final class Paths {

    private final Listing listing;
    private final Set<Integer> meetings = new HashSet<>();
    private final Map<Integer, State> met = new HashMap<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Map<Integer, List<Value>> stacks = new HashMap<>();

    Paths(Listing listing) {
      this.listing = listing;
      for (int i = 0; i < listing.instructions().size(); i++) {
        List<Integer> successors = listing.successors().get(i);
        if (!successors.equals(List.of(i + 1))) {
          meetings.addAll(successors);
        }
      }
      listing.handlers().forEach(handler -> meetings.add(handler.entry()));
    }

    Map<Integer, List<Value>> follow(State entry) {
      meetings.add(0);
      arrive(0, entry);
      while (!open.isEmpty()) {
        run(open.pop());
      }
      return stacks;
    }

    private void run(int begin) {
      State state = stateAt(begin).copy();
      int index = begin;
      while (true) {
        stacks.put(index, List.copyOf(state.stack()));
        for (Handler handler : listing.over(index)) {
          ClassDesc caught = handler.caught().orElse(ConstantDescs.CD_Throwable);
          arrive(handler.entry(), state.caught(Value.of(caught)));
        }
        Step.run(index, listing.instructions().get(index), state);
        List<Integer> successors = listing.successors().get(index);
        if (successors.size() == 1 && !meetings.contains(successors.getFirst())) {
          index = successors.getFirst();
          continue;
        }
        for (int successor : successors) {
          arrive(successor, state);
        }
        return;
      }
    }

    private State stateAt(int index) {
      State state = met.get(index);
      if (state == null) {
        throw new IllegalStateException("nobody came to " + index);
      }
      return state;
    }

    private void arrive(int index, State state) {
      State before = met.get(index);
      if (before == null) {
        met.put(index, state.copy());
        open.push(index);
      } else if (before.merge(state)) {
        open.push(index);
      }
    }
  }

  /** Local variables and stack at one moment. */
  @SuppressWarnings("ArrayRecordComponent") // mutable by design, never compared
  record State(@Nullable Value[] locals, List<Value> stack) {

    State copy() {
      return new State(Arrays.copyOf(locals, locals.length), new ArrayList<>(stack));
    }

    State caught(Value exception) {
      return new State(locals, List.of(exception));
    }

    /** Takes in what another path brings; whether that changed anything. */
    boolean merge(State other) {
      boolean changed = false;
      for (int i = 0; i < locals.length; i++) {
        Value mine = locals[i];
        Value theirs = other.locals[i];
        Value both = mine == null || theirs == null ? null : mine.or(theirs);
        if (mine != null && !mine.equals(both)) {
          locals[i] = both;
          changed = true;
        }
      }
      for (int i = 0; i < Math.min(stack.size(), other.stack.size()); i++) {
        Value both = stack.get(i).or(other.stack.get(i));
        changed |= !both.equals(stack.set(i, both));
      }
      return changed;
    }

    Value pop() {
      return stack.isEmpty() ? Value.UNKNOWN : stack.removeLast();
    }

    void pop(int count) {
      for (int i = 0; i < count; i++) {
        pop();
      }
    }

    void push(Value value) {
      stack.add(value);
    }

    Value local(int slot) {
      Value value = locals[slot];
      return value == null ? Value.UNKNOWN : value;
    }

    void store(int slot, Value value) {
      locals[slot] = value;
    }
  }
}
