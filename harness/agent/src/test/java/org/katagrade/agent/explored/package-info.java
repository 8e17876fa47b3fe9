/** Runs small programs under the explorer; not instrumented itself. */
@NullMarked
package org.katagrade.agent.explored;

import org.jspecify.annotations.NullMarked;
