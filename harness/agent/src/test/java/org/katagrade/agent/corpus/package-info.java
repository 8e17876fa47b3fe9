/** Runs small programs under the detector; not instrumented itself. */
@NullMarked
package org.katagrade.agent.corpus;

import org.jspecify.annotations.NullMarked;
