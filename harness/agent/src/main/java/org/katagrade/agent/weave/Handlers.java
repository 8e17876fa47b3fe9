package org.katagrade.agent.weave;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exception handlers of a method that is being woven, such that the JVM still compiles it.
 *
 * <p>Its compilers give up on a method that might leave with a monitor locked, and on a handler
 * whose first instructions are covered by itself and may throw. Hooks may throw, as far as they can
 * tell, and they stand at both places: behind the locking of a monitor, where the handler that
 * unlocks it does not reach yet, and in that handler, which javac lets cover itself.
 */
final class Handlers {

  /** A hook that follows the locking of a monitor. */
  private record Entry(Label from, Label to) {}

  /** A handler that unlocks the monitor in this slot, and covers itself while it does. */
  private record Unlocking(ExceptionCatch handler, int slot) {}

  /** Where the labels are, in no particular unit. */
  private final Map<Label, Integer> places = new HashMap<>();

  private final List<ExceptionCatch> all = new ArrayList<>();

  /** Of the hooks that follow the locking of monitors. */
  private final List<ExceptionCatch> entries = new ArrayList<>();

  private final List<Unlocking> unlocking = new ArrayList<>();
  private @Nullable Entry entry;

  Handlers(CodeModel code) {
    Map<Label, List<Instruction>> handled = new HashMap<>();
    if (code.exceptionHandlers().isEmpty()) {
      return;
    }
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      if (coversItself(handler)) {
        handled.put(handler.handler(), new ArrayList<>());
      }
    }
    List<Label> open = new ArrayList<>();
    int place = 0;
    for (CodeElement element : code) {
      place++;
      if (element instanceof LabelTarget target) {
        places.put(target.label(), place);
        code.exceptionHandlers().stream()
            .filter(handler -> handler.tryEnd().equals(target.label()))
            .forEach(handler -> open.remove(handler.handler()));
        if (handled.containsKey(target.label())) {
          open.add(target.label());
        }
      } else if (element instanceof Instruction instruction) {
        open.forEach(
            label -> handled.computeIfAbsent(label, any -> new ArrayList<>()).add(instruction));
      }
    }
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      List<Instruction> covered = handled.get(handler.handler());
      int slot = covered == null || !coversItself(handler) ? -1 : unlocked(covered);
      if (slot >= 0) {
        unlocking.add(new Unlocking(handler, slot));
      } else if (covered == null || !coversItself(handler) || !storesOnly(covered)) {
        all.add(handler);
      }
    }
  }

  private static boolean coversItself(ExceptionCatch handler) {
    return handler.catchType().isEmpty() && handler.handler().equals(handler.tryStart());
  }

  /** The slot of the monitor that these instructions unlock, and do little else; or -1. */
  private static int unlocked(List<Instruction> covered) {
    int last = covered.size() - 1;
    return last >= 1
            && last <= 2
            && covered.get(last) instanceof MonitorInstruction monitor
            && monitor.opcode() == Opcode.MONITOREXIT
            && covered.get(last - 1) instanceof LoadInstruction load
        ? load.slot()
        : -1;
  }

  private static boolean storesOnly(List<Instruction> covered) {
    return covered.stream().allMatch(StoreInstruction.class::isInstance);
  }

  private boolean covers(ExceptionCatch handler, Label label) {
    int place = placeOf(label);
    return placeOf(handler.tryStart()) <= place && place < placeOf(handler.tryEnd());
  }

  private int placeOf(Label label) {
    Integer place = places.get(label);
    return place == null ? Integer.MAX_VALUE : place;
  }

  boolean handlesAt(Label label) {
    for (ExceptionCatch handler : all) {
      if (handler.handler().equals(label)) {
        return true;
      }
    }
    return false;
  }

  /** A hook was written right behind the locking of a monitor. */
  void entered(Label from, Label to) {
    entry = new Entry(from, to);
  }

  /** Something else follows. */
  void notEntering() {
    entry = null;
  }

  /** If a monitor's block begins here, what handles its exceptions handles those of the hook. */
  void begin(Label label) {
    Entry entered = entry;
    if (entered == null) {
      return;
    }
    for (ExceptionCatch handler : all) {
      if (handler.tryStart().equals(label) && handler.catchType().isEmpty()) {
        entries.add(ExceptionCatch.of(handler.handler(), entered.from(), entered.to()));
        entry = null;
        return;
      }
    }
  }

  /** Writes them, innermost first, at the end of the code, and adds the frames that this needs. */
  void write(CodeBuilder code, List<StackMapFrameInfo> frames) {
    for (ExceptionCatch hook : entries) {
      code.with(hook);
    }
    for (Unlocking handler : unlocking) {
      ExceptionCatch covers = handler.handler();
      Label bare = code.newBoundLabel();
      code.aload(handler.slot()).monitorexit().athrow();
      Label end = code.newBoundLabel();
      code.with(ExceptionCatch.of(bare, covers.tryStart(), covers.tryEnd()));
      for (ExceptionCatch outer : all) {
        if (covers(outer, covers.handler())) {
          code.with(ExceptionCatch.of(outer.handler(), bare, end, outer.catchType()));
        }
      }
      frames.stream()
          .filter(frame -> frame.target().equals(covers.handler()))
          .findFirst()
          .ifPresent(
              frame -> frames.add(StackMapFrameInfo.of(bare, frame.locals(), frame.stack())));
    }
    for (ExceptionCatch handler : all) {
      code.with(handler);
    }
  }
}
