package org.katagrade.grader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportTest {

  @Test
  void everyVerdictIsATestCaseThatCanBeReadBack() throws Exception {
    List<CheckGrade> checks =
        Grades.verdicts().entrySet().stream()
            .map(entry -> Grades.check(entry.getKey(), "a promise", 5, entry.getValue()))
            .toList();
    Element suite = suite(Grades.graded(checks, List.of(), List.of(), ""));
    assertEquals(18, suite.getElementsByTagName("testcase").getLength());
    assertEquals("18", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("errors"));
    assertEquals("2", suite.getAttribute("skipped"));
    assertEquals("14", suite.getAttribute("failures"));
    assertEquals(1, suite.getElementsByTagName("error").getLength());
    assertEquals(2, suite.getElementsByTagName("skipped").getLength());
    assertEquals(14, suite.getElementsByTagName("failure").getLength());
  }

  @Test
  void aFailureSaysThePromiseTheVerdictAndTheFacts() throws Exception {
    Element suite = suite(Grades.with(Grades.deadlock()));
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertEquals("the promise is kept", failure.getAttribute("message"));
    assertEquals("Deadlock", failure.getAttribute("type"));
    assertTrue(failure.getTextContent().contains("to.lock.lock();"), failure.getTextContent());
  }

  @Test
  void signsThatXmlCannotHoldAreReplaced() throws Exception {
    Verdict wrong = new Verdict.HarnessFault("bell \u0007, null \u0000, half \uD800 & <tag> ]]>");
    Grade grade =
        Grades.graded(
            List.of(Grades.check(wrong)),
            List.of(),
            List.of(),
            "\u001b[31mred\uFFFE <b> \uD83D\uDE00");
    Element suite = suite(grade);
    String printed = suite.getElementsByTagName("system-out").item(0).getTextContent();
    assertEquals("\uFFFD[31mred\uFFFD <b> \uD83D\uDE00", printed);
    String error = suite.getElementsByTagName("error").item(0).getTextContent();
    assertTrue(error.contains("& <tag> ]]>"), error);
  }

  @Test
  void aRejectedSubmissionIsOneFailure() throws Exception {
    Problem problem = new Problem("kata04/Solution.java", 3, 7, "';' expected", "  int x");
    Element suite = suite(Grades.graded(List.of(), List.of(problem), List.of(), ""));
    assertEquals("1", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertEquals("Rejected", failure.getAttribute("type"));
    assertEquals("';' expected", failure.getAttribute("message"));
  }

  @Test
  void timesAreInSeconds() throws Exception {
    Element suite = suite(Grades.with(new Verdict.Passed()));
    assertEquals("2.540", suite.getAttribute("time"));
    Element first = (Element) suite.getElementsByTagName("testcase").item(0);
    assertEquals("movesMoney", first.getAttribute("name"));
    assertEquals("kata-04", first.getAttribute("classname"));
    assertEquals("0.020", first.getAttribute("time"));
  }

  private static Element suite(Grade grade)
      throws XMLStreamException, ParserConfigurationException, SAXException, IOException {
    StringWriter text = new StringWriter();
    new JunitReport().write(grade, Grades.LINES, text);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text.toString())))
        .getDocumentElement();
  }
}
