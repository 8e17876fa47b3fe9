package org.katagrade.grader.report;

/**
 * How to write on a terminal.
 *
 * @param color whether to use colours
 * @param width columns to keep to, at least 40
 * @param verbose whether to show everything there is to know
 * @param quiet whether to show the score alone
 */
public record Style(boolean color, int width, boolean verbose, boolean quiet) {

  public Style {
    width = Math.max(40, width);
  }
}
