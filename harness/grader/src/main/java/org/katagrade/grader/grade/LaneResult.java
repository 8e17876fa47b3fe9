package org.katagrade.grader.grade;

/** What a lane found for one check, and the processor time it took. */
record LaneResult(Verdict verdict, long cpuMillis) {}
