package org.katagrade.agent.explored;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.katagrade.agent.explore.StrategyBench;
import org.katagrade.agent.explore.StrategyTable;
import org.katagrade.agent.explore.Tally;

/**
 * Measures the explorer's strategies on the broken programs of the corpus, each in a JVM of its
 * own.
 *
 * <p>The explorer is on the boot path, and who wants to see the inside of its package has to be
 * there as well.
 */
public final class Strategies {

  private static final String EXPLORE = "org/katagrade/agent/explore";

  private Strategies() {}

  /** Takes the agent's jar, a regular expression for programs, seeds, and schedules. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("of")) {
      measure(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      return;
    }
    Path classes = Sample.root();
    Path boot = Files.createTempDirectory("strategies");
    copy(classes.resolve(EXPLORE), boot.resolve(EXPLORE));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:off",
            "-Xbootclasspath/a:" + boot,
            "-javaagent:"
                + Path.of(args[0]).toAbsolutePath()
                + "=packages=org.katagrade.explored,woven=org.katagrade.explored,exit=0,explore",
            "-cp",
            classes.toString(),
            Strategies.class.getName(),
            "of");
    StrategyTable table = new StrategyTable(Integer.parseInt(args[3]));
    for (Sample sample : Sample.all()) {
      String name = sample.toString();
      if (sample.isBroken() && name.matches(args[1])) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(name, args[2], args[3]));
        Map<String, Tally> tallies = read(new ProcessBuilder(all));
        if (tallies.isEmpty()) {
          System.out.println(name + " could not be measured");
        } else {
          table.print(name, tallies);
        }
      }
    }
    table.printSummary();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** In the JVM of one program. */
  private static void measure(String name, int seeds, int schedules) throws IOException {
    for (Sample sample : Sample.all()) {
      if (sample.toString().equals(name)) {
        StrategyBench.tallies(sample.with(Fork.PLATFORM), seeds, schedules)
            .forEach(
                (strategy, tally) ->
                    System.out.println(strategy + " " + tally.missed() + words(tally.found())));
      }
    }
  }

  private static String words(List<Integer> numbers) {
    StringBuilder words = new StringBuilder();
    numbers.forEach(number -> words.append(' ').append(number));
    return words.toString();
  }

  /** Empty if the JVM did not come to its end. */
  private static Map<String, Tally> read(ProcessBuilder builder)
      throws IOException, InterruptedException {
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (BufferedReader reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    Map<String, Tally> tallies = new LinkedHashMap<>();
    if (process.waitFor() == 0) {
      for (String line : lines) {
        List<String> words = List.of(line.split(" "));
        List<Integer> found =
            words.subList(2, words.size()).stream().map(Integer::valueOf).toList();
        tallies.put(words.get(0), new Tally(found, Integer.parseInt(words.get(1))));
      }
    }
    return tallies;
  }
}
