package org.katagrade.grader.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.katagrade.grader.grade.GradeListener;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.DeclaredCheck;

/** Shows how a grading goes on, until it is closed. */
interface Progress extends GradeListener, AutoCloseable {

  @Override
  default void close() {}

  /** The way of showing that suits a screen. */
  static Progress on(Screen screen, boolean quiet) {
    if (quiet) {
      return new Silent();
    }
    return screen.live() ? new OneLine(screen.err(), screen.width()) : new Lines(screen.err());
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook has run or will.
    }
  }

  /** Shows nothing. */
  final class Silent implements Progress {}

  /** A line for each check that has ended, for logs. */
  final class Lines implements Progress {

    private final PrintWriter err;
    private final Map<String, String> done = new HashMap<>();
    private final Thread atExit;
    private int all;
    private boolean mute;

    Lines(PrintWriter err) {
      this.err = err;
      // What ends because the grader does says nothing.
      this.atExit = Thread.ofPlatform().unstarted(this::fallSilent);
      Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public synchronized void compiled(int checks, boolean stub) {
      all = checks;
      mute |= stub;
      if (!stub) {
        err.println("compiled; running " + checks + (checks == 1 ? " check" : " checks"));
      }
    }

    @Override
    public synchronized void ended(DeclaredCheck check, Verdict verdict) {
      // A check that is run again, to learn more about a failure, does not count twice.
      String before = done.put(check.id(), verdict.name());
      if (!verdict.name().equals(before) && !mute) {
        err.println("[" + done.size() + "/" + all + "] " + check.id() + ": " + verdict.name());
      }
    }

    private synchronized void fallSilent() {
      mute = true;
    }

    @Override
    public void close() {
      Progress.forget(atExit);
    }
  }

  /** One line that is written over and gone in the end, for terminals. */
  final class OneLine implements Progress {

    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final int width;
    private final Set<String> running = new LinkedHashSet<>();
    private final Thread atExit;
    private int all;
    private int done;
    private boolean closed;

    OneLine(PrintWriter err, int width) {
      this.err = err;
      this.width = width;
      // On Ctrl-C the line goes too, so that the shell's prompt finds a clean one.
      this.atExit = Thread.ofPlatform().unstarted(this::wipe);
      Runtime.getRuntime().addShutdownHook(atExit);
      show("compiling");
    }

    @Override
    public synchronized void compiled(int checks, boolean stub) {
      all = checks;
      redraw();
    }

    @Override
    public synchronized void began(DeclaredCheck check) {
      running.add(check.title());
      redraw();
    }

    @Override
    public synchronized void ended(DeclaredCheck check, Verdict verdict) {
      running.remove(check.title());
      done = Math.min(done + 1, all);
      redraw();
    }

    @Override
    public void close() {
      wipe();
      Progress.forget(atExit);
    }

    private void redraw() {
      String names = running.isEmpty() ? "" : ": " + String.join(", ", running);
      show(done + " of " + all + " checks done" + names);
    }

    private synchronized void show(String text) {
      if (closed) {
        return;
      }
      // With room for the ^C of a terminal, which would go on in the next line.
      int most = Math.max(1, width - 1 - "^C".length());
      err.print(CLEAR + text.substring(0, Math.min(most, text.length())));
      err.flush();
    }

    private synchronized void wipe() {
      closed = true;
      err.print(CLEAR);
      err.flush();
    }
  }
}
