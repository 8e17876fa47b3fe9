package org.katagrade.grader.grade;

import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.rules.bytecode.Code;
import org.katagrade.grader.rules.bytecode.Monitors;

/**
 * Finds the lines at which real threads took the monitors they hold, and at which they wait to
 * enter one. The JVM says in which frame that is, and of a frame only where it stands by now.
 *
 * <p>It reads the class files, and leaves a line out if more than one explains what is held in that
 * frame. Of what others took it says where they were called.
 */
final class MonitorSites {

  private final Map<String, List<Monitors>> methods = new HashMap<>();

  MonitorSites(List<ClassBytes> theirs) {
    for (ClassBytes type : theirs) {
      for (Code code : Code.of(ClassFile.of().parse(type.bytes()))) {
        String method = code.asCall().owner() + "." + code.asCall().name();
        methods.computeIfAbsent(method, any -> new ArrayList<>()).add(Monitors.of(code));
      }
    }
  }

  /** The same standstill with the lines put right. */
  Standstill in(Standstill standstill) {
    return new Standstill(
        standstill.threads().stream().map(thread -> new Standing(thread).located()).toList(),
        standstill.ended(),
        standstill.millis());
  }

  private List<Monitors> methods(Frame frame) {
    return methods.getOrDefault(frame.type() + "." + frame.method(), List.of());
  }

  /** One thread. */
  private final class Standing {

    private final ThreadSnapshot thread;
    private final List<Frame> frames;

    Standing(ThreadSnapshot thread) {
      this.thread = thread;
      this.frames = thread.frames();
    }

    ThreadSnapshot located() {
      Map<Frame, Integer> counts = new HashMap<>();
      List<HeldLock> holds = new ArrayList<>();
      for (HeldLock held : thread.holds()) {
        Frame in = held.takenAt();
        holds.add(
            in == null
                ? held
                : new HeldLock(held.lock(), takenAt(in, counts.merge(in, 1, Integer::sum) - 1)));
      }
      List<Frame> places = new ArrayList<>(frames);
      if (!frames.isEmpty() && isEntering(frames.getFirst())) {
        List<Integer> lines = lines(frames.getFirst());
        places.set(0, at(frames.getFirst(), lines.isEmpty() ? Frame.NO_LINE : lines.getLast()));
      }
      return new ThreadSnapshot(
          thread.name(),
          thread.virtual(),
          thread.state(),
          thread.waiting(),
          thread.timed(),
          holds,
          places);
    }

    /** Where the nth of the monitors of a frame was taken, of which the innermost is the first. */
    private Frame takenAt(Frame frame, int nth) {
      if (methods(frame).isEmpty()) {
        return frames.stream()
            .skip(Math.max(0, frames.indexOf(frame)))
            .filter(caller -> !methods(caller).isEmpty())
            .findFirst()
            .orElse(frame);
      }
      List<Integer> all = lines(frame);
      List<Integer> held = all.subList(0, Math.max(0, all.size() - (isEntering(frame) ? 1 : 0)));
      return at(frame, held.isEmpty() ? Frame.NO_LINE : held.reversed().get(nth % held.size()));
    }

    /**
     * The lines of the monitors that are held by a frame, and last the one it waits to enter,
     * outermost first; none if there is any doubt.
     */
    private List<Integer> lines(Frame frame) {
      int held = (int) thread.holds().stream().map(HeldLock::takenAt).filter(frame::equals).count();
      int times = Collections.frequency(frames, frame);
      Stream<List<Integer>> possible;
      if (!isEntering(frame)) {
        possible =
            methods(frame).stream()
                .flatMap(method -> method.heldAt(frame.line()).stream())
                .filter(lines -> lines.size() * times == held || isGivenBack(lines.size() - held))
                .map(lines -> lines.subList(0, Math.min(held, lines.size())));
      } else if (times == 1) {
        possible =
            methods(frame).stream()
                .flatMap(method -> method.enteringAt(frame.line()).stream())
                .filter(lines -> lines.size() == held + 1);
      } else {
        possible = Stream.empty();
      }
      List<List<Integer>> all = possible.distinct().toList();
      return all.size() == 1 ? all.getFirst() : List.of();
    }

    private boolean isEntering(Frame frame) {
      Waiting waiting = thread.waiting();
      return waiting != null
          && waiting.how() == Waiting.How.MONITOR
          && frames.indexOf(frame) == 0
          && !methods(frame).isEmpty();
    }

    /** Who waits to be notified has given back the innermost monitor of a frame. */
    private boolean isGivenBack(int missing) {
      return missing == 1
          && !frames.isEmpty()
          && frames.getFirst().type().equals(Object.class.getName());
    }

    private static Frame at(Frame frame, int line) {
      return new Frame(frame.type(), frame.method(), frame.file(), line);
    }
  }
}
