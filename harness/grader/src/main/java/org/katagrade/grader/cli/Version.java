package org.katagrade.grader.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code grade --version} says. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"katagrade " + Installation.version(), "Java " + Runtime.version()};
  }
}
