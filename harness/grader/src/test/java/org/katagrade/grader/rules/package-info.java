/** Tests of shape and rules on programs compiled in memory. */
@NullMarked
package org.katagrade.grader.rules;

import org.jspecify.annotations.NullMarked;
