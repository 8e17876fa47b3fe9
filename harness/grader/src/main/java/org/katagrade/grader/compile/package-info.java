/** Sources to classes, in memory. */
@NullMarked
package org.katagrade.grader.compile;

import org.jspecify.annotations.NullMarked;
