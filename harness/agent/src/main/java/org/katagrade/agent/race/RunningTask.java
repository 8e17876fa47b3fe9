package org.katagrade.agent.race;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A task that a thread runs, and those within which it does: those who stop it interrupt the
 * thread.
 *
 * @param order what those who cancel the task pass on
 * @param executor that runs the task, if any does
 */
public record RunningTask(
    SyncVar order, @Nullable Executor executor, @Nullable RunningTask outer) {}
