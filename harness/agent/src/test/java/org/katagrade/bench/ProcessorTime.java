package org.katagrade.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation costs all threads of the JVM in processor time. The time on the clock says how
 * busy the machine is, and of threads that wait for each other how soon they are woken: with a
 * detector that makes them slower they sometimes wait less often, and seemed to be faster.
 */
public final class ProcessorTime implements InternalProfiler {

  static final String LABEL = "processor";

  private static final double NANOS_PER_MICRO = 1e3;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long start;

  @Override
  public String getDescription() {
    return "processor time of the JVM for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = system.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (system.getProcessCpuTime() - start) / NANOS_PER_MICRO;
    return List.of(
        new ScalarResult(
            LABEL, micros / result.getMetadata().getAllOps(), "us/op", AggregationPolicy.AVG));
  }
}
