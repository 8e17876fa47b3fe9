package org.katagrade.agent.explore;

/**
 * When to stop looking.
 *
 * @param schedules at most so many runs
 * @param steps choices in one run after which it is believed never to end
 * @param cpuMillis processor time after which no further run begins
 */
public record Budget(int schedules, int steps, long cpuMillis) {}
