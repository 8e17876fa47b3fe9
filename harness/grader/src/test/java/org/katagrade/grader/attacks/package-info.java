/** Submissions that attack what grades them, each with what must come of it. */
@NullMarked
package org.katagrade.grader.attacks;

import org.jspecify.annotations.NullMarked;
