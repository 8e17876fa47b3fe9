/** What a child makes of how checks end. */
@NullMarked
package org.katagrade.checks.child;

import org.jspecify.annotations.NullMarked;
