/** What the detector says of libraries that nobody here wrote. */
@NullMarked
package org.katagrade.agent.libraries;

import org.jspecify.annotations.NullMarked;
