/** What the operating system keeps a child from. */
@NullMarked
package org.katagrade.grader.sandbox;

import org.jspecify.annotations.NullMarked;
