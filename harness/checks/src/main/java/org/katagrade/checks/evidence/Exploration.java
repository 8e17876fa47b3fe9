package org.katagrade.checks.evidence;

import org.jspecify.annotations.Nullable;

/**
 * How a check was explored: run again and again under chosen schedules.
 *
 * @param schedules how many there were until it failed, or in all
 * @param failing the run in which it failed, shortened; null if none did
 */
public record Exploration(int schedules, @Nullable Course failing) {}
