/** What the documentation of the JDK promises of order, method by method. */
@NullMarked
package org.katagrade.agent.order;

import org.jspecify.annotations.NullMarked;
