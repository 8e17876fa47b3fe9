/** What was seen in a child: facts that a verdict is made from, as plain records. */
@NullMarked
package org.katagrade.checks.evidence;

import org.jspecify.annotations.NullMarked;
