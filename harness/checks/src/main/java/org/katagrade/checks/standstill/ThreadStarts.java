package org.katagrade.checks.standstill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;

/**
 * Records by which call each thread was started, with the JDK's flight recorder.
 *
 * <p>The recorder takes a good part of a second to start, so it runs only when the grader grades a
 * check that leaked once more, to say where.
 */
public final class ThreadStarts {

  private static volatile @Nullable ThreadStarts running;

  private final Recording recording = new Recording();

  private ThreadStarts() {
    recording.enable("jdk.ThreadStart").withStackTrace();
    recording.enable("jdk.VirtualThreadStart").withStackTrace();
    recording.start();
  }

  /** Records from now on; called by the child's main before it looks at any thread. */
  public static void ask() {
    running = new ThreadStarts();
  }

  /** What is being recorded, or null where nobody asked for it. */
  public static @Nullable ThreadStarts ifAsked() {
    return running;
  }

  /** The stack that started the thread of this name, innermost first; empty if it is not known. */
  public List<Frame> of(String threadName) {
    return read().getOrDefault(threadName, List.of());
  }

  private Map<String, List<Frame>> read() {
    Map<String, List<Frame>> starts = new HashMap<>();
    try {
      Path file = Files.createTempFile("thread-starts", ".jfr");
      try {
        recording.dump(file);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
          RecordedThread started =
              event.hasField("thread") ? event.getThread("thread") : event.getThread();
          if (started != null && event.getStackTrace() != null) {
            starts.put(
                name(started),
                event.getStackTrace().getFrames().stream().map(ThreadStarts::frame).toList());
          }
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading where threads were started", e);
    }
    return starts;
  }

  private static String name(RecordedThread thread) {
    String name = thread.getJavaName();
    return name == null || name.isEmpty()
        ? VirtualThreadDump.nameOfUnnamed(String.valueOf(thread.getJavaThreadId()))
        : name;
  }

  private static Frame frame(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    String top = type.substring(type.lastIndexOf('.') + 1);
    int inner = top.indexOf('$');
    return new Frame(
        type,
        frame.getMethod().getName(),
        (inner < 0 ? top : top.substring(0, inner)) + ".java",
        frame.getLineNumber());
  }
}
