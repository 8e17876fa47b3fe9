package org.katagrade.agent.libraries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.katagrade.libraries.Library;

/**
 * A race of a library that has been looked into: real, and the library's own. Kept as text, a line
 * for the variable, one for the methods that touch it, and one that says why.
 *
 * @param methods any two of which make the race; {@code Type.*} is all of a class
 * @param why there is one, and what follows
 */
record KnownRace(String variable, Set<String> methods, String why) {

  private static final Path FILES = Path.of("src/test/resources/libraries");

  KnownRace {
    methods = Set.copyOf(methods);
    if (variable.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException("a race without a variable or a reason: " + methods);
    }
  }

  static List<KnownRace> of(Library library) throws IOException {
    Path file = FILES.resolve(library.name().toLowerCase(Locale.ROOT) + ".txt");
    List<KnownRace> races = new ArrayList<>();
    for (String block : Files.readString(file).split("\n\n")) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      if (lines.isEmpty()) {
        continue;
      }
      if (lines.size() < 3) {
        throw new IllegalStateException(file + ": variable, methods and reason, but: " + lines);
      }
      races.add(
          new KnownRace(
              lines.get(0),
              Set.of(lines.get(1).split(", ")),
              String.join(" ", lines.subList(2, lines.size()))));
    }
    return races;
  }

  boolean explains(ReportedRace race) {
    return race.variable().equals(variable) && race.methods().stream().allMatch(this::names);
  }

  private boolean names(String method) {
    String any = method.substring(0, method.lastIndexOf('.')) + ".*";
    return methods.contains(method) || methods.contains(any);
  }
}
