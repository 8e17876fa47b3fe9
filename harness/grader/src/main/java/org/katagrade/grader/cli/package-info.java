/** Words typed to calls made: commands parse and delegate. */
@NullMarked
package org.katagrade.grader.cli;

import org.jspecify.annotations.NullMarked;
