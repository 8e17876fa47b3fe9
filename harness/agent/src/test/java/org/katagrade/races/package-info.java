/** Small programs, racy and correct, that the detector must tell apart. */
@NullMarked
package org.katagrade.races;

import org.jspecify.annotations.NullMarked;
