package org.katagrade.checks.wire;

/**
 * A check to run.
 *
 * @param id what it is called between grader and child; it tells nothing of the check
 * @param program which of the job's programs it is for, from 0
 * @param check the name of its method
 * @param explored whether it is to be explored, and not run with real threads
 */
public record Task(String id, int program, String check, boolean explored) {}
