/** A Java agent that finds data races by happens-before. */
@NullMarked
package org.katagrade.agent;

import org.jspecify.annotations.NullMarked;
