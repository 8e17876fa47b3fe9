/** What is written is what is read. */
@NullMarked
package org.katagrade.checks.wire;

import org.jspecify.annotations.NullMarked;
