package org.katagrade.agent.explore;

import org.jspecify.annotations.Nullable;

/**
 * What came of exploring a program.
 *
 * @param schedules how many runs there were until it was found, or in all
 * @param failure the first run that did not end well, with the fewest switches that were found for
 *     it, told; null if all ended well
 * @param strategy what chose that run's schedule; empty if there is none
 */
public record Findings(int schedules, @Nullable Run failure, String strategy, long cpuMillis) {}
