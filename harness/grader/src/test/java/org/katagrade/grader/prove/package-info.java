/** The katas themselves, and what proving them finds out. */
@NullMarked
package org.katagrade.grader.prove;

import org.jspecify.annotations.NullMarked;
