package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A circuit breaker that opens and closes, rate limiters and both kinds of bulkhead. */
final class Resilience4jWorkload {

  private static final int PLATFORM = 4;
  private static final int VIRTUAL = 6;
  private static final int TURNS = 600 * Team.ROUNDS;

  private Resilience4jWorkload() {}

  static void run() throws Exception {
    breaker(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED);
    breaker(CircuitBreakerConfig.SlidingWindowType.TIME_BASED);
    limiter();
    bulkheads();
  }

  private static void breaker(CircuitBreakerConfig.SlidingWindowType type) throws Exception {
    CircuitBreaker breaker =
        CircuitBreaker.of(
            "service " + type,
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    20,
                    10,
                    type,
                    CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(40)
                .waitDurationInOpenState(Duration.ofMillis(2))
                .permittedNumberOfCallsInHalfOpenState(5)
                .build());
    AtomicInteger transitions = new AtomicInteger();
    breaker.getEventPublisher().onStateTransition(event -> transitions.incrementAndGet());
    AtomicInteger done = new AtomicInteger();
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            int turn = i;
            try {
              breaker.executeSupplier(
                  () -> {
                    if (turn % 100 < 40) {
                      throw new IllegalStateException("down");
                    }
                    return done.incrementAndGet();
                  });
            } catch (CallNotPermittedException e) {
              Thread.sleep(1);
            } catch (IllegalStateException e) {
              done.incrementAndGet();
            }
          }
        });
    check(done.get() > 0 && transitions.get() > 0, "transitions");
    check(breaker.getMetrics().getNumberOfBufferedCalls() <= TURNS * (PLATFORM + VIRTUAL), "calls");
  }

  private static void limiter() throws Exception {
    RateLimiter limiter =
        RateLimiter.of(
            "limited",
            RateLimiterConfig.custom()
                .limitForPeriod(2_000)
                .limitRefreshPeriod(Duration.ofMillis(5))
                .timeoutDuration(Duration.ofSeconds(30))
                .build());
    AtomicInteger passed = new AtomicInteger();
    limiter.getEventPublisher().onSuccess(event -> passed.incrementAndGet());
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            check(limiter.acquirePermission(), "a permission");
          }
        });
    check(passed.get() == TURNS * (PLATFORM + VIRTUAL), "passed " + passed);
  }

  private static void bulkheads() throws Exception {
    Bulkhead bulkhead =
        Bulkhead.of(
            "narrow",
            BulkheadConfig.custom()
                .maxConcurrentCalls(2)
                .maxWaitDuration(Duration.ofSeconds(30))
                .build());
    AtomicInteger inside = new AtomicInteger();
    try (ThreadPoolBulkhead pool =
        ThreadPoolBulkhead.of(
            "pool",
            ThreadPoolBulkheadConfig.custom()
                .coreThreadPoolSize(2)
                .maxThreadPoolSize(2)
                .queueCapacity(100)
                .build())) {
      Team.run(
          PLATFORM,
          VIRTUAL,
          who -> {
            for (int i = 0; i < TURNS; i++) {
              bulkhead.executeRunnable(
                  () -> {
                    check(inside.incrementAndGet() <= 2, "too many");
                    inside.decrementAndGet();
                  });
              if (i % 10 == 0) {
                int[] box = {i};
                check(
                    pool.executeSupplier(() -> box[0] + 1).toCompletableFuture().get() == i + 1,
                    "a result");
              }
            }
          });
    }
  }
}
