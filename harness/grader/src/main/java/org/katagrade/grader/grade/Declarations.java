package org.katagrade.grader.grade;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Submission;
import org.katagrade.grader.rules.Breach;

/**
 * Where a submission declares what class files name. They say only where code is, so its text is
 * looked through.
 */
record Declarations(Submission submission) {

  /** The rule whose places are fields, by their names. */
  private static final String OF_FIELDS = "public-mutable-field";

  /** The file a place is in. */
  Optional<SourceFile> source(Frame at) {
    return submission.sources().stream()
        .filter(source -> source.name().equals(at.file()))
        .findFirst();
  }

  /**
   * The line that declares the type a place is in: the last one like it before the type's first
   * code, since a comment above may speak of it too.
   */
  static int ofType(SourceFile source, Frame at) {
    String simple = at.type().substring(at.type().lastIndexOf('.') + 1);
    Pattern declares =
        Pattern.compile("\\b(class|interface|enum|record)\\s+" + Pattern.quote(simple) + "\\b");
    List<String> lines = source.text().lines().toList();
    int found = at.line();
    for (int line = 1; line <= lines.size() && (at.line() < 1 || line <= at.line()); line++) {
      if (declares.matcher(lines.get(line - 1)).find()) {
        found = line;
      }
    }
    return found;
  }

  /** The same breach; of a field, with the line that declares it, where that is found. */
  Breach located(Breach breach) {
    Frame at = breach.at();
    if (!breach.rule().equals(OF_FIELDS)) {
      return breach;
    }
    Pattern declares =
        Pattern.compile("\\bpublic\\b[^;(]*\\b" + Pattern.quote(at.method()) + "\\s*[=;,]");
    List<String> lines = source(at).map(source -> source.text().lines().toList()).orElse(List.of());
    for (int line = 1; line <= lines.size(); line++) {
      if (declares.matcher(lines.get(line - 1)).find()) {
        Frame there = new Frame(at.type(), at.method(), at.file(), line);
        return new Breach(
            breach.rule(), breach.sentence(), breach.advice(), breach.costsPoints(), there);
      }
    }
    return breach;
  }
}
