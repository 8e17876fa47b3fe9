/** What is on disk: katas, submissions, declared checks. */
@NullMarked
package org.katagrade.grader.kata;

import org.jspecify.annotations.NullMarked;
