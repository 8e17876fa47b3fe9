package org.katagrade.grader.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.katagrade.grader.kata.Kata;

/**
 * A wrong solution that must be caught. Its path says by what and as what: {@code
 * mutants/<check>/<Verdict>/<Mistake>}.
 *
 * @param check id of the check that must catch it
 * @param verdict name of the verdict it must get
 * @param mistake what is wrong with it
 * @param folder where it is
 */
public record Mutant(String check, String verdict, String mistake, Path folder) {

  /** Reads the mutants of a kata, in order of their paths. */
  public static List<Mutant> of(Kata kata) throws IOException {
    Path root = kata.hidden().resolve("mutants");
    List<Mutant> mutants = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return mutants;
    }
    for (Path check : folders(root)) {
      for (Path verdict : folders(check)) {
        for (Path mistake : folders(verdict)) {
          mutants.add(new Mutant(name(check), name(verdict), name(mistake), mistake));
        }
      }
    }
    return mutants;
  }

  @Override
  public String toString() {
    return check + "/" + verdict + "/" + mistake;
  }

  private static List<Path> folders(Path in) throws IOException {
    try (Stream<Path> entries = Files.list(in)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }
}
