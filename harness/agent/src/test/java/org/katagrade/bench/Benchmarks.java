package org.katagrade.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the race detector costs: every workload with and without the agent, side by side in one run,
 * as ratios of processor time. The absolute figures say as much about the machine.
 */
public final class Benchmarks {

  private static final int ROUNDS = 3;

  /** Keeps the JVM from warning of what JMH uses. */
  private static final String JMH_IS_OLD = "--sun-misc-unsafe-memory-access=allow";

  private final String agent;
  private final String chosen;

  private Benchmarks(Path jar, String chosen) {
    // JMH's own code is left alone, so that it measures the same with and without.
    this.agent = "-javaagent:" + jar.toAbsolutePath() + "=woven=org.katagrade.bench,exit=66";
    this.chosen = chosen;
  }

  /**
   * Measures and prints.
   *
   * @param args the agent's jar, and perhaps a regular expression for the workloads of interest
   */
  public static void main(String[] args) throws Exception {
    Benchmarks benchmarks = new Benchmarks(Path.of(args[0]), args.length > 1 ? args[1] : ".*");
    System.out.printf("%-32s %12s %12s %8s%n", "", "without", "with", "ratio");
    benchmarks.speed();
    if (args.length == 1) {
      benchmarks.growth();
    }
  }

  private void speed() throws RunnerException {
    Map<String, List<Double>> without = new LinkedHashMap<>();
    Map<String, List<Double>> with = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String workload : workloads()) {
        measure(workload, without);
        measure(workload, with, agent);
      }
    }
    double product = 1;
    for (Map.Entry<String, List<Double>> workload : without.entrySet()) {
      double plain = median(workload.getValue());
      double watched = median(with.getOrDefault(workload.getKey(), List.of()));
      print(workload.getKey() + ", us", plain, watched);
      product *= watched / plain;
    }
    System.out.printf("%-32s %33.1fx%n", "geometric mean", Math.pow(product, 1.0 / without.size()));
  }

  private List<String> workloads() {
    return Arrays.stream(Workloads.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .filter(name -> name.matches(chosen))
        .sorted()
        .toList();
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
  }

  private static void print(String what, double without, double with) {
    System.out.printf("%-32s %12.1f %12.1f %7.1fx%n", what, without, with, with / without);
  }

  /** In a JVM of its own, right after the same without the agent or before the same with it. */
  private static void measure(
      String workload, Map<String, List<Double>> figures, String... jvmArguments)
      throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(Workloads.class.getName() + "\\." + workload + "$")
                    .addProfiler(ProcessorTime.class)
                    .jvmArgsPrepend(JMH_IS_OLD)
                    .jvmArgsAppend(jvmArguments)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle();
    List<Double> all = figures.computeIfAbsent(workload, any -> new ArrayList<>());
    result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(iteration -> iteration.getSecondaryResults().get(ProcessorTime.LABEL).getScore())
        .forEach(all::add);
  }

  private void growth() throws IOException, InterruptedException {
    Map<String, Double> without = grown(List.of());
    Map<String, Double> with = grown(List.of(agent));
    without.forEach((what, figure) -> print(what, figure, with.get(what)));
  }

  private static Map<String, Double> grown(List<String> jvmArguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-Xmx2g", "-cp", System.getProperty("java.class.path")));
    command.add(Growth.class.getName());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<String, Double> figures = new LinkedHashMap<>();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(Growth.STARTED)) {
          figures.put("start, ms", (System.nanoTime() - start) / 1e6);
        } else {
          String[] parts = line.split("\t");
          figures.put(parts[0], Double.parseDouble(parts[1]));
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ended with " + process.exitValue() + ": " + command);
    }
    return figures;
  }
}
