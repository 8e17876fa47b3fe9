/** The search for schedules, tried on programs of a few steps that need no agent. */
@NullMarked
package org.katagrade.agent.explore;

import org.jspecify.annotations.NullMarked;
