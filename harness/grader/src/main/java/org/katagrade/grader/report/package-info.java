/** Says it: terminal, JSON, JUnit XML, each made from the same values. */
@NullMarked
package org.katagrade.grader.report;

import org.jspecify.annotations.NullMarked;
