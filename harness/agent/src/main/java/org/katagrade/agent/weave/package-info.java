/** Weaves calls of the detector into classes as they are loaded. */
@NullMarked
package org.katagrade.agent.weave;

import org.jspecify.annotations.NullMarked;
