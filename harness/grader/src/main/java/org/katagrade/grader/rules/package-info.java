/**
 * What is read off a submission's bytes before anything runs: its shape, and the rules of writing
 * concurrent code.
 *
 * <p>A rule is here only if its pattern can be told truly in bytecode. Left out for that reason:
 *
 * <ul>
 *   <li>an {@code unlock} after a {@code tryLock} that failed: whether it failed is known from a
 *       flag, and to follow flags is to run the program;
 *   <li>which of several locks a {@code finally} releases: two fields may hold one lock;
 *   <li>a wait inside a loop that does not look at the condition again: any loop may be that loop;
 *   <li>an interrupt swallowed by {@code catch (Exception e)}: it may never be one;
 *   <li>an ignored {@code compareAndSet}, {@code awaitNanos} or {@code Condition.await(timeout)}:
 *       lock-free programs help each other that way, and deadlines are checked by the clock;
 *   <li>an ignored {@code offer} on a queue that may be unbounded;
 *   <li>one executor of several that is never closed: any {@code close} may be its own;
 *   <li>{@code this} escaping from a constructor, double-checked locking, get-then-put, a lock on
 *       one object guarding state of another: the race detector and the checks see the damage.
 * </ul>
 */
@NullMarked
package org.katagrade.grader.rules;

import org.jspecify.annotations.NullMarked;
