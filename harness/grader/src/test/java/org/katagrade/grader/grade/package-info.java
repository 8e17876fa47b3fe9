/** Whole gradings, of submissions that each go wrong in their own way. */
@NullMarked
package org.katagrade.grader.grade;

import org.jspecify.annotations.NullMarked;
