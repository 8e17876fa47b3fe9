@NullMarked
package org.katagrade.agent.race;

import org.jspecify.annotations.NullMarked;
