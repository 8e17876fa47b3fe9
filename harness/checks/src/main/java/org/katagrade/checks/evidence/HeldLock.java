package org.katagrade.checks.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A lock a thread holds.
 *
 * @param takenAt where the thread took it; the JVM knows this for monitors only
 */
public record HeldLock(Lock lock, @Nullable Frame takenAt) {}
