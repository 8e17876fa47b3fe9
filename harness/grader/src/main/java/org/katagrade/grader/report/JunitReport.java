package org.katagrade.grader.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

/**
 * A grade as JUnit XML in the dialect of Maven Surefire, which build servers read: a check is a
 * test case, and what it says when it fails is what the terminal says.
 *
 * <p>The time of the suite is what elapsed; that of a test case is processor time, since checks run
 * side by side and what one waited for a processor is not its own.
 */
public final class JunitReport {

  private static final Style PLAIN = new Style(false, 100, true, false);

  /** Writes a grade, with the lines of its submission as they are on disk. */
  public void write(Grade grade, Writer out) throws XMLStreamException {
    write(grade, SourceLines.in(Path.of(grade.submission())), out);
  }

  /** Writes a grade. */
  public void write(Grade grade, SourceLines lines, Writer out) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", grade.kata());
    attribute(xml, "time", seconds(grade.timing().total()));
    attribute(xml, "tests", String.valueOf(tests(grade)));
    attribute(xml, "errors", String.valueOf(count(grade, Ending.ERROR)));
    attribute(xml, "skipped", String.valueOf(count(grade, Ending.SKIPPED)));
    attribute(xml, "failures", String.valueOf(count(grade, Ending.FAILURE)));
    properties(xml, grade);
    if (grade.isRejected()) {
      rejected(xml, grade);
    }
    for (CheckGrade check : grade.checks()) {
      testCase(xml, grade, check, lines);
    }
    if (!grade.printed().isEmpty()) {
      xml.writeCharacters("\n  ");
      element(xml, "system-out", grade.printed());
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
    xml.flush();
  }

  /** How JUnit says what became of a test. */
  private enum Ending {
    SUCCESS,
    FAILURE,
    ERROR,
    SKIPPED;

    static Ending of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Passed passed -> SUCCESS;
        case Verdict.NotReached reached -> SKIPPED;
        case Verdict.NotRun reason -> SKIPPED;
        case Verdict.HarnessFault fault -> ERROR;
        case Verdict.Wrong wrong -> FAILURE;
        case Verdict.NotLinearizable history -> FAILURE;
        case Verdict.DataRace races -> FAILURE;
        case Verdict.Deadlock deadlock -> FAILURE;
        case Verdict.LostWakeup lost -> FAILURE;
        case Verdict.Livelock livelock -> FAILURE;
        case Verdict.Overran overran -> FAILURE;
        case Verdict.Died died -> FAILURE;
        case Verdict.LeftBehind left -> FAILURE;
        case Verdict.RuleBroken broken -> FAILURE;
      };
    }
  }

  /** A rejected submission is one test case of its own, since no check was run. */
  private static long tests(Grade grade) {
    return grade.checks().size() + (grade.isRejected() ? 1L : 0L);
  }

  private static long count(Grade grade, Ending ending) {
    long checks =
        grade.checks().stream().filter(check -> Ending.of(check.verdict()) == ending).count();
    return checks + (grade.isRejected() && ending == Ending.FAILURE ? 1 : 0);
  }

  private static void properties(XMLStreamWriter xml, Grade grade) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("properties");
    property(xml, "score", String.valueOf(grade.score()));
    property(xml, "most", String.valueOf(grade.most()));
    property(xml, "harness", grade.versions().harness());
    property(xml, "jdk", grade.versions().jdk());
    property(xml, "hash", grade.versions().hash());
    property(xml, "sandbox", String.valueOf(grade.versions().sandbox()));
    property(xml, "seed", String.valueOf(grade.versions().seed()));
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeEmptyElement("property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
  }

  private static void rejected(XMLStreamWriter xml, Grade grade) throws XMLStreamException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Rejection(new Page(PLAIN, Marks.UNICODE, out), true).write(grade.rejected());
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute(xml, "name", "can be graded");
    attribute(xml, "classname", grade.kata());
    attribute(xml, "time", "0.000");
    failure(xml, "failure", grade.rejected().getFirst().message(), "Rejected", text.toString());
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void testCase(
      XMLStreamWriter xml, Grade grade, CheckGrade check, SourceLines lines)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute(xml, "name", check.id());
    attribute(xml, "classname", grade.kata());
    attribute(xml, "time", seconds(check.cpuMillis()));
    String type = check.verdict().name();
    switch (Ending.of(check.verdict())) {
      case SUCCESS -> {}
      case FAILURE -> failure(xml, "failure", check.title(), type, told(check, lines));
      case ERROR -> failure(xml, "error", check.title(), type, told(check, lines));
      case SKIPPED -> {
        xml.writeCharacters("\n    ");
        xml.writeEmptyElement("skipped");
        attribute(xml, "message", told(check, lines).strip());
      }
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static String told(CheckGrade check, SourceLines lines) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Explanation(new Page(PLAIN, Marks.UNICODE, out), lines, "", true).body(check);
    out.flush();
    return text.toString();
  }

  private static void failure(
      XMLStreamWriter xml, String element, String message, String type, String text)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement(element);
    attribute(xml, "message", message);
    attribute(xml, "type", type);
    xml.writeCharacters(legal("\n" + text.stripTrailing() + "\n"));
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  /** What XML 1.0 cannot hold, not even escaped, becomes the replacement character. */
  private static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().map(sign -> isLegal(sign) ? sign : 0xFFFD).forEach(legal::appendCodePoint);
    return legal.toString();
  }

  private static boolean isLegal(int sign) {
    return sign == '\t'
        || sign == '\n'
        || sign == '\r'
        || (sign >= 0x20 && sign <= 0xD7FF)
        || (sign >= 0xE000 && sign <= 0xFFFD)
        || sign >= 0x10000;
  }
}
