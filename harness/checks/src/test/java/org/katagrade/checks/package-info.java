/** The vocabulary, with threads that behave and threads that do not. */
@NullMarked
package org.katagrade.checks;

import org.jspecify.annotations.NullMarked;
