package org.katagrade.grader.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Sources;
import org.katagrade.grader.kata.UsageException;

/**
 * The text of a submission, by file and line; tells the student's frames from all others. A file
 * counts by its package, wherever it lies.
 */
public final class SourceLines {

  private final Map<String, List<String>> files;

  private SourceLines(Map<String, List<String>> files) {
    this.files = files;
  }

  /** The lines of these sources. */
  public static SourceLines of(List<SourceFile> sources) {
    Map<String, List<String>> files = new HashMap<>();
    for (SourceFile source : sources) {
      files.put(place(source), source.text().lines().toList());
    }
    return new SourceLines(files);
  }

  /** Where it belongs; where it lies, if it does not say. */
  private static String place(SourceFile source) {
    String declared = source.packageName();
    return declared.isEmpty() ? source.path() : declared.replace('.', '/') + "/" + source.name();
  }

  /**
   * The lines of the submission in this folder, or none if it cannot be read any more: a report
   * without source lines is better than none.
   */
  public static SourceLines in(Path submission) {
    try {
      return of(Sources.submission(submission).sources());
    } catch (IOException | UsageException e) {
      return of(List.of());
    }
  }

  /** Whether this is a place in the submission. */
  public boolean has(Frame frame) {
    return files.containsKey(path(frame));
  }

  /** The line at this place. */
  public Optional<String> at(Frame frame) {
    List<String> lines = files.getOrDefault(path(frame), List.of());
    return frame.line() < 1 || frame.line() > lines.size()
        ? Optional.empty()
        : Optional.of(lines.get(frame.line() - 1));
  }

  /** The whole file this place is in; empty if it is not of the submission. */
  List<String> file(Frame frame) {
    return files.getOrDefault(path(frame), List.of());
  }

  private static String path(Frame frame) {
    int dot = frame.type().lastIndexOf('.');
    String folder = dot < 0 ? "" : frame.type().substring(0, dot + 1).replace('.', '/');
    return folder + frame.file();
  }
}
