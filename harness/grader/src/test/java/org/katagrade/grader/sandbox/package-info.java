@NullMarked
package org.katagrade.grader.sandbox;

import org.jspecify.annotations.NullMarked;
