/** What the grader and its children say to each other, and how it is written down in bytes. */
@NullMarked
package org.katagrade.checks.wire;

import org.jspecify.annotations.NullMarked;
