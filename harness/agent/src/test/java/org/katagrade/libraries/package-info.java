/**
 * Workloads of libraries that nobody here wrote; in nobody's test path but {@code LibrariesIT}'s.
 */
@NullMarked
package org.katagrade.libraries;

import org.jspecify.annotations.NullMarked;
