package org.katagrade.grader.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.katagrade.checks.evidence.Frame;

/** Shows places in the submission, each with the text of its line. */
final class Places {

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

  private final Page page;
  private final SourceLines lines;

  Places(Page page, SourceLines lines) {
    this.page = page;
    this.lines = lines;
  }

  /** The frames of the submission, innermost first. */
  List<Frame> theirs(List<Frame> frames) {
    return frames.stream().filter(lines::has).toList();
  }

  /** Where the submission stands, innermost. */
  Optional<Frame> innermost(List<Frame> frames) {
    return theirs(frames).stream().findFirst();
  }

  /** What was asked of the submission: its outermost method, with what is below it unsaid. */
  String operation(List<Frame> frames) {
    List<Frame> theirs = theirs(frames);
    return theirs.isEmpty() ? "" : method(theirs.getLast());
  }

  /** A method as its author knows it. */
  static String method(Frame frame) {
    Matcher lambda = LAMBDA.matcher(frame.method());
    if (lambda.matches()) {
      return "a lambda in " + named(lambda.group(1), frame);
    }
    return named(frame.method(), frame);
  }

  private static String named(String method, Frame frame) {
    return switch (method) {
      case "<init>", "new" -> "the constructor of " + simple(frame.type());
      case "<clinit>", "static" -> "the static initializer of " + simple(frame.type());
      default -> method;
    };
  }

  /** The class's own name, without what it is nested in. */
  static String simple(String type) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    int inner = name.lastIndexOf('$');
    boolean anonymous = inner >= 0 && Character.isDigit(name.charAt(inner + 1));
    return inner < 0 || anonymous ? name : name.substring(inner + 1);
  }

  /** The line at this place, or the place alone where the text is not known. */
  void show(int indent, Frame frame) {
    Optional<String> text = lines.at(frame);
    if (text.isPresent()) {
      page.source(indent, frame.place(), text.get());
    } else {
      page.paragraph(indent, Ink.FAINT, "at " + frame.place());
    }
  }

  /** Each line once. */
  void showAll(int indent, List<Frame> frames, int most) {
    Set<String> seen = new LinkedHashSet<>();
    for (Frame frame : frames) {
      if (seen.size() < most && seen.add(frame.type() + frame.place())) {
        show(indent, frame);
      }
    }
  }
}
