package org.katagrade.grader.kata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The katas of a course, found by looking: a kata is a folder named {@code kata-NN-name}, and there
 * is no list to keep.
 *
 * @param folder the folder that holds the katas; references are expected in {@code reference}
 *     beside it
 */
public record Course(Path folder, List<Kata> katas) {

  /** One mistake in so many letters is a misspelling, and more are another word. */
  private static final int LETTERS_A_MISTAKE = 6;

  public Course {
    katas = List.copyOf(katas);
  }

  /** Finds the katas in a folder. */
  public static Course in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("there is no folder of katas at " + folder);
    }
    Path references = folder.toAbsolutePath().normalize().resolveSibling("reference");
    try (Stream<Path> entries = Files.list(folder)) {
      List<Kata> katas =
          entries
              .filter(Kata::isKata)
              .map(entry -> Kata.at(entry, references))
              .sorted(Comparator.comparing(Kata::id))
              .toList();
      for (int i = 1; i < katas.size(); i++) {
        Kata before = katas.get(i - 1);
        if (before.id().equals(katas.get(i).id())) {
          throw new UsageException(
              "two katas are %s: %s and %s"
                  .formatted(before.id(), before.folder(), katas.get(i).folder()));
        }
      }
      return new Course(folder, katas);
    }
  }

  /** The kata of this name: its id or number, its folder's name or path, or the name in it. */
  public Kata find(String name) {
    return find(name, List.of());
  }

  /**
   * The kata of this name.
   *
   * @param commands what else could have been typed in this place
   */
  public Kata find(String name, Collection<String> commands) {
    String path = name.replace('\\', '/').replaceFirst("/+$", "");
    String wanted = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    for (Kata kata : katas) {
      String number = kata.id().substring("kata-".length());
      if (wanted.equals(kata.id())
          || wanted.equals(kata.folder().getFileName().toString())
          || wanted.equals(kata.name())
          || wanted.equals(number)
          || wanted.equals(number.replaceFirst("^0", ""))
          || wanted.equals("kata-" + number.replaceFirst("^0", ""))
          || wanted.equals(kata.packageName())) {
        return kata;
      }
    }
    throw new UsageException("there is no kata '" + name + "'" + suggestion(wanted, commands));
  }

  private String suggestion(String wanted, Collection<String> commands) {
    Stream<Near> names =
        katas.stream()
            .flatMap(
                kata -> Stream.of(kata.id(), kata.name(), kata.folder().getFileName().toString()))
            .filter(name -> number(name).equals(number(wanted)))
            .map(name -> new Near(name, EditDistance.between(wanted, name)))
            .filter(near -> near.distance() <= Math.max(1, wanted.length() / LETTERS_A_MISTAKE));
    Stream<Near> parts =
        katas.stream()
            .map(Kata::name)
            .filter(name -> List.of(name.split("-")).contains(wanted))
            .map(name -> new Near(name, 1));
    Stream<Near> others =
        commands.stream()
            .map(word -> new Near("'grade " + word + "'", EditDistance.between(wanted, word)))
            .filter(near -> near.distance() <= Math.max(2, wanted.length() / 3));
    return Stream.of(names, parts, others)
        .flatMap(near -> near)
        .min(Comparator.comparingInt(Near::distance))
        .map(near -> ": did you mean " + near.text() + "?")
        .orElse("; 'grade list' shows them all");
  }

  /** A number that is not there is no misspelling of one that is. */
  private static String number(String name) {
    return name.replaceAll("\\D", "").replaceFirst("^0+", "");
  }

  private record Near(String text, int distance) {}
}
