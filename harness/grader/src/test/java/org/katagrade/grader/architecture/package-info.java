/** How the grader is built, held to by tests. */
@NullMarked
package org.katagrade.grader.architecture;

import org.jspecify.annotations.NullMarked;
