package org.katagrade.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The workloads; each leans on one thing that the detector watches, and the last on all. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1_500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Workloads {

  /** What one thread has for itself. */
  @State(Scope.Thread)
  public static class Own {

    private static final AtomicInteger SEEDS = new AtomicInteger();

    final int seed = SEEDS.incrementAndGet();
    final Planets planets = new Planets();
    final HeapSort sort = new HeapSort(2_000);
    final Trees trees = new Trees();
    final Words words = new Words(2_000);
    final Pipeline pipeline = new Pipeline();
  }

  /** What all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {

    final Accounts accounts = new Accounts();
  }

  @Benchmark
  public double fields(Own own) {
    return own.planets.move(200);
  }

  @Benchmark
  public int arrays(Own own) {
    return own.sort.sort();
  }

  @Benchmark
  @Threads(2)
  public long locks(Own own, Shared shared) {
    return shared.accounts.transfer(1_000, own.seed);
  }

  @Benchmark
  public int allocation(Own own) {
    return own.trees.build(10, 10);
  }

  @Benchmark
  public String collections(Own own) {
    return own.words.mostFrequent();
  }

  @Benchmark
  public long mixed(Own own) throws InterruptedException, ExecutionException {
    return own.pipeline.run(500);
  }
}
