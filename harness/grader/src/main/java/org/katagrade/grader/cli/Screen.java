package org.katagrade.grader.cli;

import java.io.PrintWriter;
import org.katagrade.grader.report.Marks;

/**
 * Where words go to.
 *
 * @param out for what was asked for
 * @param err for errors and progress
 * @param colored whether {@code out} is a terminal on which colours are welcome
 * @param live whether {@code err} is a terminal on which a line can be written over
 * @param width columns of the terminal
 * @param marks the signs {@code out} can show
 */
public record Screen(
    PrintWriter out, PrintWriter err, boolean colored, boolean live, int width, Marks marks) {}
