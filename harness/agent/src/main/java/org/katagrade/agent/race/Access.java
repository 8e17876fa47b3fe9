package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/**
 * One access to a variable: who, in which epoch, and what a report needs to tell about it.
 * Immutable; one stands for all accesses of a thread from the same line in the same epoch.
 */
final class Access extends Cell {

  final ThreadState thread;
  final Epoch when;

  /** Where. */
  final int site;

  final boolean write;

  /** By the modes of a {@code VarHandle} that do not race with each other. */
  final boolean atomic;

  /** The sites of the calls that led there, outermost first. */
  final int[] calls;

  final @Nullable HeldLock held;

  Access(
      Epoch when, int site, boolean write, boolean atomic, int[] calls, @Nullable HeldLock held) {
    super(atomic ? null : when);
    this.thread = when.thread();
    this.when = when;
    this.site = site;
    this.write = write;
    this.atomic = atomic;
    this.calls = calls;
    this.held = held;
  }

  /** Whether it is this thread's, in its present epoch, and says as much as another would. */
  boolean covers(ThreadState now, boolean atomically) {
    return isOf(now) && (!atomic || atomically);
  }

  /** Whether it is this thread's, in its present epoch. */
  boolean isOf(ThreadState now) {
    return when == now.epoch();
  }

  /** Whether the two conflict if nothing orders them. */
  boolean conflictsWith(ThreadState now, boolean atomically) {
    return !(atomic && atomically) && !before(now);
  }

  /** Whether this access happened before what the thread does now. */
  boolean before(ThreadState now) {
    return thread == now || when.before(now);
  }
}
