package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Explorer;

/** Each run has a common pool, and the JVM keeps its own. */
class CommonPoolIT {

  private static final Budget BUDGET = new Budget(20, 5_000, 60_000);

  @Test
  void worksForRealThreadsAfterRuns() throws Exception {
    AtomicReference<ForkJoinPool> ofTheRun = new AtomicReference<>();

    assertThat(
            Explorer.explore(
                    () -> {
                      ofTheRun.set(ForkJoinPool.commonPool());
                      assertThat(CompletableFuture.supplyAsync(() -> 7).join()).isEqualTo(7);
                    },
                    BUDGET,
                    1)
                .failure())
        .isNull();

    assertThat(ForkJoinPool.commonPool()).isNotNull().isNotSameAs(ofTheRun.get());
    assertThat(CompletableFuture.supplyAsync(() -> 7).get(1, TimeUnit.MINUTES)).isEqualTo(7);
  }
}
