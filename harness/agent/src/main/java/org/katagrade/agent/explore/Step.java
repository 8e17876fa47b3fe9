package org.katagrade.agent.explore;

import org.jspecify.annotations.Nullable;

/**
 * One line of the story of a run.
 *
 * @param thread number of the thread, from 0, which is the main one
 * @param text what it did: {@code reads value: 0}, {@code takes Account#1}, {@code waits}
 * @param at the line it did it in, if known
 */
public record Step(int thread, String text, @Nullable StackTraceElement at) {}
