package org.katagrade.grader.report;

import java.util.Locale;

/** Lengths of time as one says them. */
final class Millis {

  private Millis() {}

  static String said(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
