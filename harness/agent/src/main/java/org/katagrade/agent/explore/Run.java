package org.katagrade.agent.explore;

/**
 * One run of a program.
 *
 * @param steps how many choices there were
 * @param story what happened; without steps unless it was asked for
 */
public record Run(Schedule schedule, Ending ending, int steps, Story story) {}
