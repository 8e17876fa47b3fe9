/** Outcomes to verdicts to points. */
@NullMarked
package org.katagrade.grader.grade;

import org.jspecify.annotations.NullMarked;
