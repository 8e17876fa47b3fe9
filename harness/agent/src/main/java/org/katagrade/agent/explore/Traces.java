package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stacks as the program's author knows them: without the versions of methods, and without us. */
final class Traces {

  private static final String OURS = "org.katagrade.agent.explore.";
  private static final String CONTINUATION = "jdk.internal.vm.Continuation";
  private static final String VERSION = "$";

  private Traces() {}

  /** Frames of the program and the JDK, innermost first. */
  static List<StackTraceElement> clean(StackTraceElement[] frames) {
    List<StackTraceElement> clean = new ArrayList<>();
    String turnedOff = "";
    for (StackTraceElement frame : frames) {
      String type = frame.getClassName();
      if (type.equals(CONTINUATION)) {
        // What follows is the carrier's.
        break;
      }
      if (type.startsWith(OURS)) {
        continue;
      }
      String method = frame.getMethodName();
      if (turnedOff.equals(type + "." + method)) {
        turnedOff = "";
        continue;
      }
      String plain = plain(method);
      turnedOff = plain.equals(method) ? "" : type + "." + plain;
      clean.add(
          plain.equals(method)
              ? frame
              : new StackTraceElement(
                  frame.getClassLoaderName(),
                  frame.getModuleName(),
                  frame.getModuleVersion(),
                  type,
                  plain,
                  frame.getFileName(),
                  frame.getLineNumber()));
    }
    return clean;
  }

  private static String plain(String method) {
    if (method.contains(VERSION)) {
      for (Mode mode : Mode.values()) {
        String suffix = mode.nameOf("");
        if (!suffix.isEmpty() && method.endsWith(suffix)) {
          return method.substring(0, method.length() - suffix.length());
        }
      }
    }
    return method;
  }

  /** Cleans the stack of what was thrown, and of what that tells of. */
  static void clean(Throwable thrown) {
    clean(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void clean(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown != null && seen.add(thrown)) {
      thrown.setStackTrace(clean(thrown.getStackTrace()).toArray(StackTraceElement[]::new));
      clean(thrown.getCause(), seen);
      for (Throwable suppressed : thrown.getSuppressed()) {
        clean(suppressed, seen);
      }
    }
  }

  /** The innermost line of the calling thread that is not the JDK's nor ours, if there is one. */
  static @Nullable StackTraceElement line() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .takeWhile(frame -> !frame.getClassName().equals(CONTINUATION))
                    .filter(frame -> isOfProgram(frame.getClassName()))
                    .findFirst()
                    .map(frame -> clean(new StackTraceElement[] {frame}).getFirst()))
        .orElse(null);
  }

  /** The innermost such line of what was thrown. */
  static @Nullable StackTraceElement line(Throwable thrown) {
    return line(thrown.getStackTrace());
  }

  /** The innermost such line of a stack. */
  static @Nullable StackTraceElement line(StackTraceElement[] stack) {
    return clean(stack).stream()
        .filter(frame -> isOfProgram(frame.getClassName()))
        .findFirst()
        .orElse(null);
  }

  /** Whether a class is neither the JDK's nor the agent's. */
  static boolean isOfProgram(String type) {
    return !type.startsWith("java.")
        && !type.startsWith("jdk.")
        && !type.startsWith("sun.")
        && !type.startsWith("org.katagrade.agent.explore.")
        && !type.startsWith("org.katagrade.agent.order.")
        && !type.startsWith("org.katagrade.agent.race.");
  }
}
