/** What threads look like from outside. */
@NullMarked
package org.katagrade.checks.standstill;

import org.jspecify.annotations.NullMarked;
