package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.Readme;
import org.katagrade.grader.state.BestScore;
import org.katagrade.grader.state.Scores;

/** The katas of a course, a line each, under the names of its parts. */
record KataTable(Course course, Scores scores) {

  /** The column that titles begin in, and what has no room beside them. */
  private static final int TITLE = 16;

  void print(Screen screen) throws IOException {
    PrintWriter out = screen.out();
    if (course.katas().isEmpty()) {
      out.println("There is no kata in " + course.folder() + ".");
      return;
    }
    Path home = course.folder().toRealPath();
    boolean readable = true;
    String part = "";
    // Parts have Roman numbers; they stand in the order of their first katas.
    List<Kata> byPart = new ArrayList<>();
    course.katas().stream()
        .collect(
            Collectors.groupingBy(
                kata -> kata.readme().part(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(byPart::addAll);
    for (Kata kata : byPart) {
      Readme readme = kata.readme();
      if (!readme.part().equals(part)) {
        part = readme.part();
        out.println(part);
      }
      String best = "";
      if (readable) {
        try {
          best = scores.best(home, kata.id()).map(KataTable::words).orElse("");
        } catch (IOException e) {
          readable = false;
          screen
              .err()
              .println("grade: best scores cannot be read: " + CommandLineInterface.words(e));
        }
      }
      String row = "  %-8s %s/5  %-28s ".formatted(kata.id(), readme.difficulty(), readme.title());
      if (best.isEmpty()) {
        out.println(row.stripTrailing());
      } else if (row.length() + best.length() <= screen.width()) {
        out.println(row + best);
      } else {
        out.println(row.stripTrailing());
        out.println(" ".repeat(TITLE) + best);
      }
    }
  }

  private static String words(BestScore best) {
    LocalDate day = LocalDate.ofInstant(best.when(), ZoneId.systemDefault());
    return best.score() + " of " + best.most() + " on " + day;
  }
}
