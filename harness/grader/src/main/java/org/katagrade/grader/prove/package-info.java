/** Does the kata itself hold: its reference, its stub, its mutants. */
@NullMarked
package org.katagrade.grader.prove;

import org.jspecify.annotations.NullMarked;
