@NullMarked
package org.katagrade.agent.weave;

import org.jspecify.annotations.NullMarked;
