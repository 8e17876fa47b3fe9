@NullMarked
package org.katagrade.agent;

import org.jspecify.annotations.NullMarked;
