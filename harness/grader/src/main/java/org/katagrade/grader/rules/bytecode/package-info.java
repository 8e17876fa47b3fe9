/** Student methods as instructions that can be followed: what comes next, what is on the stack. */
@NullMarked
package org.katagrade.grader.rules.bytecode;

import org.jspecify.annotations.NullMarked;
