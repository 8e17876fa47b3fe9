/** The main program of a child JVM: loads a submission, runs checks, reports what happened. */
@NullMarked
package org.katagrade.checks.child;

import org.jspecify.annotations.NullMarked;
