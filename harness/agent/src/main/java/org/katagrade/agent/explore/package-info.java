/** Runs programs under chosen schedules: one thread at a time, every choice made here. */
@NullMarked
package org.katagrade.agent.explore;

import org.jspecify.annotations.NullMarked;
