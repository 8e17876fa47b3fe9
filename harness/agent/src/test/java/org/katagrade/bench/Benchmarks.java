package org.katagrade.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the race detector costs: every workload with and without the agent, side by side in one run,
 * as ratios. The absolute figures say as much about the machine.
 */
public final class Benchmarks {

  private final String agent;
  private final String workloads;

  private Benchmarks(Path jar, String workloads) {
    // JMH's own code is left alone, so that it measures the same with and without.
    this.agent = "-javaagent:" + jar.toAbsolutePath() + "=woven=org.katagrade.bench,exit=66";
    this.workloads = workloads;
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
    double product = 1;
    Map<String, Double> without = measured();
    Map<String, Double> with = measured(agent);
    for (Map.Entry<String, Double> workload : without.entrySet()) {
      double ratio = with.get(workload.getKey()) / workload.getValue();
      print(workload.getKey() + ", us", workload.getValue(), with.get(workload.getKey()));
      product *= ratio;
    }
    System.out.printf("%-32s %33.1fx%n", "geometric mean", Math.pow(product, 1.0 / without.size()));
  }

  private static void print(String what, double without, double with) {
    System.out.printf("%-32s %12.1f %12.1f %7.1fx%n", what, without, with, with / without);
  }

  private Map<String, Double> measured(String... jvmArguments) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(Workloads.class.getName() + "\\.(" + workloads + ")$")
                    .jvmArgsAppend(jvmArguments)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, Double> figures = new LinkedHashMap<>();
    for (RunResult result : results) {
      figures.put(
          result.getPrimaryResult().getLabel(),
          result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    return figures;
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
