/** What the detector costs, measured with JMH. */
@NullMarked
package org.katagrade.bench;

import org.jspecify.annotations.NullMarked;
