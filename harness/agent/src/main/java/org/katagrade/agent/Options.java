package org.katagrade.agent;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told, as {@code packages=com.acme:org.acme,exit=66,report=races.txt}.
 *
 * @param packages whose variables are watched, with the packages below them; all if it is empty
 * @param woven which packages to weave at all; everything outside the JDK if it is empty
 * @param exit the exit code of a program in which races were found; 0 leaves the program's own
 * @param report the file to which reports go; null for standard error
 * @param seed what the choice of moments for noise follows from
 * @param noise one access in so many lets other threads go first; 0 for none
 * @param fault a method of the detector that is to fail, for its tests
 * @param verbose whether to tell of classes that are left alone
 * @param explore whether programs are to be explored in this JVM
 * @param ahead whether to note what is woven, for {@link org.katagrade.agent.weave.WeaveAhead}
 * @param unwatched whether to leave the race detector out, since nobody asks for races
 */
record Options(
    List<String> packages,
    List<String> woven,
    int exit,
    @Nullable Path report,
    long seed,
    int noise,
    @Nullable String fault,
    boolean verbose,
    boolean explore,
    boolean ahead,
    boolean unwatched) {

  /** As Go's race detector. */
  private static final int EXIT = 66;

  private static final int MOST_EXIT = 255;

  Options {
    packages = List.copyOf(packages);
    woven = List.copyOf(woven);
  }

  /** Reads the text after the agent's {@code =}. */
  static Options parse(@Nullable String text) {
    List<String> packages = List.of();
    List<String> woven = List.of();
    int exit = EXIT;
    Path report = null;
    long seed = 1;
    int noise = 0;
    String fault = null;
    boolean verbose = false;
    boolean explore = false;
    boolean ahead = false;
    boolean unwatched = false;
    for (String option : text == null || text.isBlank() ? new String[0] : text.split(",")) {
      String name = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
      String value = option.substring(Math.min(option.length(), name.length() + 1));
      switch (name) {
        case "packages" -> packages = Arrays.asList(value.split(":"));
        case "woven" -> woven = Arrays.asList(value.split(":"));
        case "exit" -> exit = (int) number(name, value, 0, MOST_EXIT);
        case "report" -> report = Path.of(value);
        case "seed" -> seed = number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
        case "noise" -> noise = (int) number(name, value, 0, Integer.MAX_VALUE);
        case "fault" -> fault = value;
        case "verbose" -> verbose = true;
        case "explore" -> explore = true;
        case "ahead" -> ahead = true;
        case "unwatched" -> unwatched = true;
        default ->
            throw new IllegalArgumentException(
                "unknown option '"
                    + option
                    + "'; there are packages=P:Q, woven=P:Q, exit=N, report=FILE, seed=S, noise=N"
                    + " and verbose");
      }
    }
    if (unwatched && !explore) {
      throw new IllegalArgumentException("unwatched without explore leaves nothing to do");
    }
    if (ahead && !explore) {
      throw new IllegalArgumentException("ahead weaves what is to be explored");
    }
    return new Options(
        packages, woven, exit, report, seed, noise, fault, verbose, explore, ahead, unwatched);
  }

  private static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " wants a number, and not '" + value + "'", e);
    }
    throw new IllegalArgumentException(name + " cannot be " + value);
  }

  /** Whether variables of this class are of interest. */
  boolean watches(String type) {
    return packages.isEmpty() || isIn(packages, type);
  }

  /** Whether to weave this class. */
  boolean weaves(String type) {
    return woven.isEmpty() || isIn(woven, type);
  }

  private static boolean isIn(List<String> packages, String type) {
    return packages.stream().anyMatch(name -> type.startsWith(name + ".") || type.equals(name));
  }
}
