@NullMarked
package org.katagrade.grader.surface;

import org.jspecify.annotations.NullMarked;
