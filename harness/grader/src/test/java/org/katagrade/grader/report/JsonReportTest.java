package org.katagrade.grader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

class JsonReportTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<String> verdicts() {
    return Grades.verdicts().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void everyVerdictFitsTheSchema(String name) throws IOException {
    Verdict verdict = Objects.requireNonNull(Grades.verdicts().get(name));
    JsonNode document = document(Grades.with(verdict));
    assertEquals(Set.of(), complaints(document));
    assertEquals(verdict.name(), document.at("/checks/1/verdict/verdict").asText());
  }

  @Test
  void everyKindOfVerdictIsTried() {
    Set<Class<?>> tried = new HashSet<>();
    Grades.verdicts().values().forEach(verdict -> tried.add(verdict.getClass()));
    assertEquals(Set.of(Verdict.class.getPermittedSubclasses()), tried);
  }

  @Test
  void saysTheSumsAndTheStatus() throws IOException {
    JsonNode document = document(Grades.with(Grades.wrong()));
    assertEquals("grade/v1", document.path("schema").asText());
    assertEquals("graded", document.path("status").asText());
    assertEquals(40, document.path("score").asInt());
    assertEquals(100, document.path("most").asInt());
    assertEquals("30L", document.at("/checks/1/verdict/failure/actual").asText());
    assertFalse(document.path("full").asBoolean());
  }

  @Test
  void namesTheCircleOfADeadlock() throws IOException {
    JsonNode document = document(Grades.with(Grades.deadlock()));
    assertEquals(
        "[\"crowd-1-1\",\"crowd-1-2\"]",
        document.at("/checks/1/verdict/standstill/cycle").toString());
  }

  @Test
  void aRejectedGradeFitsTheSchema() throws IOException {
    Grade grade =
        Grades.graded(
            List.of(),
            List.of(new Problem("kata04/Solution.java", 3, 5, "';' expected", "int x")),
            List.of(),
            "");
    JsonNode document = document(grade);
    assertEquals(Set.of(), complaints(document));
    assertEquals("rejected", document.path("status").asText());
  }

  @Test
  void aFaultOfOursMakesTheGradeIncomplete() throws IOException {
    JsonNode document = document(Grades.with(new Verdict.HarnessFault("no child")));
    assertEquals("incomplete", document.path("status").asText());
    assertEquals(60, document.path("open").asInt());
  }

  @Test
  void adviceConfidenceAndOutputAreInIt() throws IOException {
    Grade grade =
        Grades.graded(
            List.of(Grades.check(new Verdict.Passed())),
            List.of(),
            List.of(Grades.breach("unlock in finally", false, 11)),
            "hello\u0007");
    JsonNode document = document(grade);
    assertEquals(Set.of(), complaints(document));
    assertEquals("unlock in finally", document.at("/advice/0/sentence").asText());
    assertEquals("hello\u0007", document.path("printed").asText());
    assertEquals("sure", document.path("confidence").asText());
  }

  @Test
  void theSchemaRejectsWhatIsNoGrade() throws IOException {
    ObjectNode unknown = document(Grades.with(Grades.wrong()));
    ((ObjectNode) unknown.at("/checks/1/verdict")).put("verdict", "Splendid");
    assertFalse(complaints(unknown).isEmpty());

    ObjectNode unproven = document(Grades.with(Grades.wrong()));
    ((ObjectNode) unproven.at("/checks/1/verdict")).remove("failure");
    assertFalse(complaints(unproven).isEmpty());

    ObjectNode other = document(Grades.with(Grades.wrong()));
    other.put("schema", "grade/v2");
    assertFalse(complaints(other).isEmpty());

    ObjectNode scoreless = document(Grades.with(Grades.wrong()));
    scoreless.remove("score");
    assertFalse(complaints(scoreless).isEmpty());
  }

  private static ObjectNode document(Grade grade) throws IOException {
    StringWriter text = new StringWriter();
    new JsonReport().write(grade, Optional.of("sure"), text);
    assertTrue(text.toString().endsWith("}\n"));
    return (ObjectNode) MAPPER.readTree(text.toString());
  }

  private static Set<ValidationMessage> complaints(JsonNode document) throws IOException {
    return JsonSchemas.complaints(document);
  }
}
