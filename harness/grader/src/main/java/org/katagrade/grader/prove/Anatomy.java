package org.katagrade.grader.prove;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.Readme;

/** What can be said of a kata without running it. */
final class Anatomy {

  private static final int HUNDRED = 100;
  private static final int FEWEST_MUTANTS = 6;
  private static final int HINTS = 3;

  private final Kata kata;
  private final CompiledKata compiled;
  private final DeclaredChecks declared;
  private final List<Mutant> mutants;
  private final List<String> faults = new ArrayList<>();

  Anatomy(Kata kata, CompiledKata compiled, DeclaredChecks declared, List<Mutant> mutants) {
    this.kata = kata;
    this.compiled = compiled;
    this.declared = declared;
    this.mutants = mutants;
  }

  /** Everything that is not as it should be. */
  List<String> faults() throws IOException {
    points();
    needs();
    mutants();
    readme();
    constructorsOnly();
    for (Path needed :
        List.of(
            kata.folder().resolve("pom.xml"),
            kata.reference().resolve("pom.xml"),
            kata.reference().resolve("NOTES.md"))) {
      expect(
          Files.isRegularFile(needed),
          "there is no %s in %s".formatted(needed.getFileName(), needed.getParent()));
    }
    files(
        kata.folder(),
        Set.of("README.md", "pom.xml"),
        Set.of("contract", "src", "test", "hidden", "target"));
    files(
        kata.reference(),
        Set.of("pom.xml", "NOTES.md", KillMatrix.FILE, KillMatrix.PAGE),
        Set.of("src", "target"));
    return List.copyOf(faults);
  }

  private void points() {
    int sum =
        declared.race()
            + declared.rules()
            + declared.checks().stream()
                .filter(check -> !check.bonus())
                .mapToInt(DeclaredCheck::points)
                .sum();
    expect(sum == HUNDRED, "points sum to " + sum + ", not to 100");
    for (DeclaredCheck check : declared.checks()) {
      expect(check.points() > 0, check.id() + " is worth nothing");
      expect(!check.title().isBlank(), check.id() + " has no title");
    }
  }

  private void needs() {
    Set<String> before = new HashSet<>();
    for (DeclaredCheck check : declared.checks()) {
      for (String need : check.needs()) {
        expect(
            before.contains(need),
            check.id() + " needs " + need + ", which is not declared before it");
      }
      before.add(check.id());
    }
  }

  /** The mutants whose paths name a check and a verdict that exist, and so can be run. */
  List<Mutant> runnable() {
    return mutants.stream()
        .filter(mutant -> checkIds().contains(mutant.check()))
        .filter(mutant -> Verdict.names().contains(mutant.verdict()))
        .toList();
  }

  private Set<String> checkIds() {
    Set<String> ids = new HashSet<>(Set.of(DeclaredCheck.RACE, DeclaredCheck.RULES));
    declared.checks().forEach(check -> ids.add(check.id()));
    return ids;
  }

  private void mutants() {
    for (Mutant mutant : mutants) {
      expect(
          checkIds().contains(mutant.check()),
          "hidden/mutants/%s: there is no check '%s'; there are %s"
              .formatted(mutant, mutant.check(), String.join(", ", declared.ids())));
      expect(
          Verdict.names().contains(mutant.verdict()),
          "hidden/mutants/%s: there is no verdict '%s'; there are %s"
              .formatted(mutant, mutant.verdict(), String.join(", ", Verdict.names())));
    }
    for (DeclaredCheck check : declared.checks()) {
      expect(
          mutants.stream().anyMatch(mutant -> mutant.check().equals(check.id())),
          check.id() + " has no mutant");
    }
    expect(
        declared.race() == 0
            || mutants.stream().anyMatch(m -> m.check().equals(DeclaredCheck.RACE)),
        "race has no mutant");
    expect(
        declared.rules() == 0
            || mutants.stream().anyMatch(m -> m.check().equals(DeclaredCheck.RULES)),
        "rules has no mutant");
    expect(
        mutants.size() >= FEWEST_MUTANTS,
        "there are only " + mutants.size() + " mutants, fewer than " + FEWEST_MUTANTS);
  }

  private void readme() {
    Readme readme = kata.readme();
    expect(!readme.title().isEmpty(), "the README has no title like '# Kata 04 · Bank transfer'");
    expect(!readme.part().isEmpty(), "the README does not say its part and difficulty");
    expect(!readme.allowed().isEmpty(), "the README has no section '## Allowed'");
    expect(
        readme.hints().size() == HINTS,
        "the README has " + readme.hints().size() + " hints, not " + HINTS);
    table(readme.graded());
  }

  /** What the README says is graded, against what is. */
  private void table(List<Readme.Graded> said) {
    List<Readme.Graded> graded = new ArrayList<>();
    for (DeclaredCheck check : declared.checks()) {
      graded.add(
          new Readme.Graded((check.bonus() ? "bonus: " : "") + check.title(), check.points()));
    }
    if (declared.race() > 0) {
      DeclaredCheck race = DeclaredCheck.race(declared.race());
      graded.add(new Readme.Graded(race.title(), race.points()));
    }
    if (declared.rules() > 0) {
      graded.add(new Readme.Graded(DeclaredCheck.RULES_TITLE, declared.rules()));
    }
    for (Readme.Graded row : said) {
      expect(
          graded.contains(row),
          "the README's row '%s | %d' is no check and its points"
              .formatted(row.title(), row.points()));
    }
    for (Readme.Graded check : graded) {
      expect(
          said.contains(check),
          "the README has no row '%s | %d' under 'What is graded'"
              .formatted(check.title(), check.points()));
    }
  }

  /** A check that calls a method of Solution itself would bind to how the reference declares it. */
  private void constructorsOnly() {
    String solution = kata.packageName() + "/Solution";
    for (ClassBytes type : compiled.hidden()) {
      StreamSupport.stream(ClassFile.of().parse(type.bytes()).constantPool().spliterator(), false)
          .filter(MemberRefEntry.class::isInstance)
          .map(MemberRefEntry.class::cast)
          .filter(member -> member.owner().asInternalName().equals(solution))
          .filter(member -> !member.name().equalsString("<init>"))
          .forEach(
              member ->
                  faults.add(
                      type.name()
                          + " calls Solution."
                          + member.name().stringValue()
                          + ": keep the object in a variable of the contract's type"));
    }
  }

  private void files(Path folder, Set<String> files, Set<String> folders) throws IOException {
    if (!Files.isDirectory(folder)) {
      faults.add("there is no folder " + folder.getFileName());
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        boolean known = Files.isDirectory(entry) ? folders.contains(name) : files.contains(name);
        expect(known || name.startsWith("."), "unexpected file " + folder.relativize(entry));
      }
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
