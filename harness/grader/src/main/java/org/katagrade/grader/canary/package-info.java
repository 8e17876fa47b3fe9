/**
 * A solution that is known to be wrong, with its checks: every child grades it too, among the rest,
 * and one that calls it right is not believed.
 *
 * <p>These classes run in children only. The grader reads their class files.
 */
@NullMarked
package org.katagrade.grader.canary;

import org.jspecify.annotations.NullMarked;
