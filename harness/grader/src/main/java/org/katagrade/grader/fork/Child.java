package org.katagrade.grader.fork;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.wire.Codec;
import org.katagrade.checks.wire.Event;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Request;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * One child JVM while it runs a job.
 *
 * <p>Closing it kills it and every process it started and removes its temporary folder. For use by
 * one thread.
 */
final class Child implements AutoCloseable {

  /** What the reader has to say: an event, or that there will be no more. */
  sealed interface News {

    record Told(Event event) implements News {}

    record Silent(boolean tampered) implements News {}
  }

  private static final int MOST_STDERR = 16 << 10;
  private static final int MOST_QUEUED = 10_000;

  private final Process process;
  private final Sandbox sandbox;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>(MOST_QUEUED);
  private final StringBuffer errors = new StringBuffer();
  private final Thread errorReader;
  private Optional<ProcessHandle> jvm = Optional.empty();
  private Duration mostCpu = Duration.ZERO;

  private Child(Process process, Sandbox sandbox) {
    this.process = process;
    this.sandbox = sandbox;
    errorReader = Thread.ofPlatform().daemon().name("child-errors").start(this::readErrors);
  }

  /**
   * Starts a child and gives it its job.
   *
   * @param sandbox what the command line puts it into
   * @param command its command line, given its temporary folder
   */
  static Child start(Sandbox sandbox, Function<Path, List<String>> command, Job job)
      throws IOException {
    Child child = prepare(sandbox, command);
    child.give(job);
    return child;
  }

  /** Starts a child that waits for its job. */
  static Child prepare(Sandbox sandbox, Function<Path, List<String>> command) throws IOException {
    return new Child(LiveChildren.start(command), sandbox);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The next news, or null if there was none for so long. */
  @Nullable News next(Duration atMost) throws InterruptedException {
    return news.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The JVM's process, whose number may be another than that of what was started. */
  private Optional<ProcessHandle> jvm() {
    if (jvm.isEmpty()) {
      jvm = sandbox.inside(process.toHandle());
    }
    return jvm;
  }

  /** Lets the compiler's threads of one that is pinned use every processor. */
  void releaseCompilers() {
    jvm().ifPresent(handle -> Pinning.releaseCompilers(handle.pid()));
  }

  /**
   * Processor time used so far, where the system tells, else zero; what was last seen of it once
   * the process has ended, of which the system tells nothing.
   */
  Duration cpu() {
    Duration now = jvm().flatMap(handle -> handle.info().totalCpuDuration()).orElse(Duration.ZERO);
    if (now.compareTo(mostCpu) > 0) {
      mostCpu = now;
    }
    return mostCpu;
  }

  /** Memory in use at this moment, in MB, where the system tells, else zero. */
  long megabytes() {
    return jvm().map(handle -> Memory.megabytes(handle.pid())).orElse(0L);
  }

  /** Asks for a dump of the threads; the answer comes as news, if the child still can. */
  void askForDump() {
    try {
      process.getOutputStream().write(Request.DUMP.ordinal());
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended, which the news will tell.
    }
  }

  /** Waits until the process has ended and returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      LiveChildren.kill(process);
    }
    return process.waitFor();
  }

  /** What the JVM itself said on its standard error; submissions cannot write there. */
  String errors() throws InterruptedException {
    errorReader.join(TimeUnit.SECONDS.toMillis(1));
    return errors.toString();
  }

  @Override
  public void close() {
    LiveChildren.end(process);
  }

  /** Gives it its job; called once. */
  void give(Job job) {
    Thread.ofPlatform().daemon().name("child-events").start(() -> readEvents(job.token()));
    try {
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
      Codec.write(out, Job.class, job);
      out.flush();
    } catch (IOException e) {
      // It ended before it had read its job; the news will tell.
    }
  }

  private void readEvents(String token) {
    boolean tampered = false;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      for (long number = 0; ; number++) {
        Object said = Codec.read(in, String.class);
        if (!token.equals(said) || in.readLong() != number) {
          tampered = true;
          break;
        }
        Event event = (Event) Codec.read(in, Event.class);
        if (event == null) {
          tampered = true;
          break;
        }
        news.put(new News.Told(event));
      }
    } catch (EOFException e) {
      // The normal end.
    } catch (IOException e) {
      tampered = process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      news.put(new News.Silent(tampered));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readErrors() {
    byte[] buffer = new byte[1024];
    try (InputStream in = process.getErrorStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (errors.length() < MOST_STDERR) {
          errors.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // The stream ends with the process.
    }
  }
}
