/** One child JVM: its command line, channel, outcome; the only place that starts a process. */
@NullMarked
package org.katagrade.grader.fork;

import org.jspecify.annotations.NullMarked;
