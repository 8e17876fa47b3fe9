package org.katagrade.agent.explored;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;

/**
 * Measures what exploring takes, in JVMs of their own with one processor and the first compiler:
 * schedules in a second of processor time over the sound programs of the corpus, without and with
 * the race detector, the start, and the heap after many schedules. Takes the agent's jar.
 */
final class ExploredBench {

  private static final int STEPS = 20_000;
  private static final int WARM = 500;
  private static final int MEASURED = 1_000;
  private static final int MANY = 100_000;
  private static final int STARTS = 5;
  private static final long MEGABYTE = 1 << 20;

  private ExploredBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    switch (arguments[0]) {
      case "off" -> rates(false);
      case "on" -> rates(true);
      case "heap" -> heap();
      case "start" -> System.out.print("");
      default -> all(new File(arguments[0]).getAbsolutePath());
    }
  }

  private static void all(String jar) throws IOException, InterruptedException {
    System.out.println("schedules in a second of processor time, over the sound programs");
    start(jar, "=explore,exit=0", "off");
    start(jar, "=explore,exit=0", "on");
    start(jar, "=explore,exit=0", "heap");
    long plain = median(jar, "=exit=0");
    long explore = median(jar, "=explore,exit=0");
    System.out.printf(
        "start: %d ms with the detector alone, %d ms with the explorer: %.2f times%n",
        plain, explore, (double) explore / plain);
  }

  private static long median(String jar, String options) throws IOException, InterruptedException {
    long[] times = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      start(jar, options, "start");
      times[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
    Arrays.sort(times);
    return times[STARTS / 2];
  }

  private static void start(String jar, String options, String what)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:off",
                "-XX:ActiveProcessorCount=1",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-javaagent:" + jar + options,
                "-cp",
                System.getProperty("java.class.path"),
                ExploredBench.class.getName(),
                what)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(what + " ended with " + process.exitValue());
    }
  }

  private static void rates(boolean detector) throws IOException {
    List<Double> rates = new ArrayList<>();
    for (Sample sample : Sample.all()) {
      if (sample.isSound()) {
        for (Fork fork : Fork.values()) {
          run(sample, fork, detector, WARM);
          long begin = processorTime();
          int schedules = run(sample, fork, detector, MEASURED);
          rates.add(schedules * 1e9 / Math.max(1, processorTime() - begin));
        }
      }
    }
    rates.sort(null);
    System.out.printf(
        "  detector %s: median %,.0f, p10 %,.0f, p90 %,.0f, of %d%n",
        detector ? "on " : "off",
        rates.get(rates.size() / 2),
        rates.get(rates.size() / 10),
        rates.get(rates.size() * 9 / 10),
        rates.size());
  }

  private static int run(Sample sample, Fork fork, boolean detector, int schedules) {
    Budget budget = new Budget(schedules, STEPS, Long.MAX_VALUE / 4);
    Findings findings =
        detector
            ? Explorer.races(sample.with(fork), budget, 1)
            : Explorer.explore(sample.with(fork), budget, 1);
    if (findings.failure() != null) {
      System.out.println("  " + sample + " ended as " + findings.failure().ending().name());
    }
    return findings.schedules();
  }

  /** Of the thread that calls, which carries all threads of a run. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void heap() throws IOException {
    Sample sample =
        Sample.all().stream()
            .filter(each -> each.toString().equals("Pools.oneThreadMore"))
            .findFirst()
            .orElseThrow();
    run(sample, Fork.VIRTUAL, false, WARM);
    long before = used();
    int schedules = run(sample, Fork.VIRTUAL, false, MANY);
    System.out.printf(
        "heap of %s: %.1f MB, and %.1f MB after %,d schedules more%n",
        sample, (double) before / MEGABYTE, (double) used() / MEGABYTE, schedules);
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
