/** Tells when nobody in this JVM can go on, without a time limit, and who waits for whom. */
@NullMarked
package org.katagrade.checks.standstill;

import org.jspecify.annotations.NullMarked;
