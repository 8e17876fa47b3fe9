/** Shape, surface and ArchUnit's rules. */
@NullMarked
package org.katagrade.grader.rules;

import org.jspecify.annotations.NullMarked;
