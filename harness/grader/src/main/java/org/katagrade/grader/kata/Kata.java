package org.katagrade.grader.kata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kata on disk.
 *
 * @param id its id, {@code kata-04}
 * @param folder the kata's folder
 * @param reference the folder of its reference solution; a handout has none
 */
public record Kata(String id, Path folder, Path reference) {

  private static final Pattern FOLDER = Pattern.compile("(kata-(\\d{2}))-([a-z0-9-]+)");

  /** Whether a folder of this name holds a kata. */
  static boolean isKata(Path folder) {
    return FOLDER.matcher(folder.getFileName().toString()).matches() && Files.isDirectory(folder);
  }

  static Kata at(Path folder, Path references) {
    Matcher name = FOLDER.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(folder + " is not named like a kata");
    }
    return new Kata(name.group(1), folder, references.resolve(folder.getFileName()));
  }

  /** The part of the folder's name that says what it is, {@code bank-transfer}. */
  public String name() {
    return folder.getFileName().toString().substring(id.length() + 1);
  }

  /** The package all its classes are in, {@code kata04}. */
  public String packageName() {
    return id.replace("-", "");
  }

  /** The title in its README, {@code Bank transfer}, or its name if it has none. */
  public String title() {
    String title = readme().title();
    return title.isEmpty() ? name() : title;
  }

  public Readme readme() {
    return Readme.of(read(folder.resolve("README.md")));
  }

  public Path contract() {
    return folder.resolve("contract");
  }

  public Path stub() {
    return folder.resolve("src");
  }

  public Path hidden() {
    return folder.resolve("hidden");
  }

  /** Where a handout keeps the compiled checks instead of their sources. */
  public Path compiledChecks() {
    return folder.resolve("checks.zip");
  }

  private static List<String> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }
}
