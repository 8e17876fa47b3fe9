/** The detector: clocks, what is remembered of each variable, and the races found. */
@NullMarked
package org.katagrade.agent.race;

import org.jspecify.annotations.NullMarked;
