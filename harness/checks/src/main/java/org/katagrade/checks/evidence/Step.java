package org.katagrade.checks.evidence;

import org.jspecify.annotations.Nullable;

/**
 * One step of an interleaving.
 *
 * @param thread number of the thread, from 0
 * @param text what it did, in the words of the submission
 * @param at the line it did it in, if known
 */
public record Step(int thread, String text, @Nullable Frame at) {}
