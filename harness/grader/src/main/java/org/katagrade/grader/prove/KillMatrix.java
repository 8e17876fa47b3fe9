package org.katagrade.grader.prove;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.katagrade.grader.kata.Kata;

/**
 * Mutants by checks, kept beside the reference: as data, from which a report of full marks states
 * how sure it is, and as a page to read, which stays the same from one proof to the next.
 */
public final class KillMatrix {

  static final String FILE = "proof.json";
  static final String PAGE = "PROOF.md";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private KillMatrix() {}

  /** Writes both files. */
  public static void write(Kata kata, Proof proof) throws IOException {
    Files.writeString(kata.reference().resolve(FILE), JSON.writeValueAsString(proof) + "\n");
    Files.writeString(kata.reference().resolve(PAGE), page(kata, proof));
  }

  /** The last proof, if there is one and it is about the sources and the mistakes as they are. */
  public static Optional<Proof> read(Kata kata, String hash) throws IOException {
    Path file = kata.reference().resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Proof proof = JSON.readValue(file.toFile(), Proof.class);
    Set<String> proven = proof.mutants().stream().map(Proof.Fate::path).collect(Collectors.toSet());
    Set<String> known = Mutant.of(kata).stream().map(Mutant::toString).collect(Collectors.toSet());
    return Optional.of(proof).filter(each -> each.hash().equals(hash) && proven.equals(known));
  }

  private static String page(Kata kata, Proof proof) {
    StringBuilder page = new StringBuilder();
    page.append("# What the checks of ").append(kata.id()).append(" catch\n\n");
    page.append(
        """
        Written by `grade prove --long %s`; do not edit. %d of %d known mistakes are caught. Last stands how many
        schedules were tried before the check of a mistake failed, where it is explored, the most of all repetitions; all
        there are, where only Lincheck made it fail.

        """
            .formatted(kata.id(), proof.caught(), proof.mutants().size()));
    page.append("| mistake |");
    proof.checks().forEach(check -> page.append(' ').append(check).append(" |"));
    page.append(" schedules |");
    page.append("\n|---|").append("---|".repeat(proof.checks().size() + 1)).append('\n');
    for (Proof.Fate fate : proof.mutants()) {
      page.append("| ").append(fate.mistake());
      page.append(" |");
      for (String check : proof.checks()) {
        String verdict = fate.verdicts().getOrDefault(check, "");
        boolean must = check.equals(fate.check());
        page.append(must ? " **" + verdict + "** |" : " " + verdict + " |");
      }
      page.append(fate.schedules() == 0 ? " |\n" : " " + fate.schedules() + " |\n");
    }
    return page.toString();
  }
}
