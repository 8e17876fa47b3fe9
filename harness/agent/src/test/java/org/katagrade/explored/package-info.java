/** Small programs, right ones and wrong ones, that are run under chosen schedules. */
@NullMarked
package org.katagrade.explored;

import org.jspecify.annotations.NullMarked;
