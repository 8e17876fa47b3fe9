/** The vocabulary of hidden checks. */
@NullMarked
package org.katagrade.checks;

import org.jspecify.annotations.NullMarked;
