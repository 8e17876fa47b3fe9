/** What the grader remembers between runs, and where a platform keeps such things. */
@NullMarked
package org.katagrade.grader.state;

import org.jspecify.annotations.NullMarked;
