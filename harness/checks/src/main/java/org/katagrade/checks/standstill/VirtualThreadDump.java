package org.katagrade.checks.standstill;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

/** Reads the virtual threads out of the text that {@link HotSpotDiagnosticMXBean} writes. */
final class VirtualThreadDump {

  private static final Pattern HEADER =
      Pattern.compile("#(\\d+) \"(.*)\" virtual ([A-Z_]+)(?: .*)?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[^/(]*/)*([\\w.$]+)\\.([\\w$<>]+)\\(([^:)]+)(?::(\\d+))?\\)");
  private static final Pattern LOCK = Pattern.compile("\\s+- ([a-z ]+) <([\\w.$]+)@([0-9a-f]+)>.*");

  private VirtualThreadDump() {}

  static List<ThreadSnapshot> take() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path file = folder.resolve("dump.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return parse(Files.readAllLines(file));
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("dumping virtual threads", e);
    }
  }

  /** What to call a thread that has no name of its own. */
  static String nameOfUnnamed(String id) {
    return "virtual-" + id;
  }

  static List<ThreadSnapshot> parse(List<String> lines) {
    List<ThreadSnapshot> threads = new ArrayList<>();
    Section section = null;
    for (String line : lines) {
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        String name = header.group(2);
        section =
            new Section(
                name.isEmpty() ? nameOfUnnamed(header.group(1)) : name,
                Thread.State.valueOf(header.group(3)));
      } else if (line.isBlank()) {
        if (section != null) {
          threads.add(section.snapshot());
        }
        section = null;
      } else if (section != null) {
        section.read(line);
      }
    }
    if (section != null) {
      threads.add(section.snapshot());
    }
    return threads;
  }

  /** The lines of one thread. */
  private static final class Section {

    private final String name;
    private final Thread.State state;
    private final List<Frame> frames = new ArrayList<>();
    private final List<HeldLock> holds = new ArrayList<>();
    private @Nullable Waiting waiting;

    Section(String name, Thread.State state) {
      this.name = name;
      this.state = state;
    }

    void read(String line) {
      Matcher frame = FRAME.matcher(line);
      Matcher lock = LOCK.matcher(line);
      if (frame.matches()) {
        String number = frame.group(4);
        frames.add(
            new Frame(
                frame.group(1),
                frame.group(2),
                frame.group(3),
                number == null ? -1 : Integer.parseInt(number)));
      } else if (lock.matches()) {
        Lock named = new Lock(lock.group(2), Integer.parseUnsignedInt(lock.group(3), 16));
        switch (lock.group(1)) {
          case "locked" ->
              holds.add(new HeldLock(named, frames.isEmpty() ? null : frames.getLast()));
          case "waiting to lock" -> waiting = new Waiting(Waiting.How.MONITOR, named, null);
          case "waiting on" -> waiting = new Waiting(Waiting.How.NOTIFICATION, named, null);
          default -> waiting = new Waiting(Waiting.How.PARKED, named, null);
        }
      }
    }

    ThreadSnapshot snapshot() {
      boolean waits =
          switch (state) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
          };
      Waiting known = waiting != null ? waiting : new Waiting(Waiting.How.PARKED, null, null);
      return new ThreadSnapshot(
          name,
          true,
          state,
          waits ? known : null,
          state == Thread.State.TIMED_WAITING,
          holds,
          frames);
    }
  }
}
