package org.katagrade.grader.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

/**
 * A grade as JSON of the schema {@code grade/v1}: the records as they are, with the sums a reader
 * would otherwise have to work out.
 *
 * <p>A field is never renamed or removed within v1, and a new one may come at any time.
 */
public final class JsonReport {

  /** The version of the schema this writes. */
  public static final String SCHEMA = "grade/v1";

  /** Fields alone make the document, so that a new method on a record cannot change it. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .addModule(new SimpleModule().addSerializer(new WithCycle()))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /**
   * Writes a grade, and a line end.
   *
   * @param confidence what full marks are worth, in one line
   */
  public void write(Grade grade, Optional<String> confidence, Writer out) throws IOException {
    ObjectNode document = document(grade);
    document.put("confidence", confidence.orElse(null));
    out.write(MAPPER.writeValueAsString(document));
    out.write('\n');
    out.flush();
  }

  private static ObjectNode document(Grade grade) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("schema", SCHEMA);
    document.put("kata", grade.kata());
    document.put("title", grade.title());
    document.put("submission", grade.submission());
    document.put("status", status(grade));
    document.put("score", grade.score());
    document.put("most", grade.most());
    document.put("open", grade.open());
    document.put("full", grade.isFull());
    document.put("untouched", grade.isUntouched());
    document.set("versions", MAPPER.valueToTree(grade.versions()));
    document.set("rejected", MAPPER.valueToTree(grade.rejected()));
    ArrayNode checks = document.putArray("checks");
    grade.checks().forEach(check -> checks.add(check(check)));
    document.set("advice", MAPPER.valueToTree(grade.advice()));
    document.put("printed", grade.printed());
    document.set("timing", MAPPER.valueToTree(grade.timing()));
    return document;
  }

  private static String status(Grade grade) {
    if (grade.isRejected()) {
      return "rejected";
    }
    return grade.isIncomplete() ? "incomplete" : "graded";
  }

  private static ObjectNode check(CheckGrade check) {
    ObjectNode node = MAPPER.valueToTree(check);
    node.set("verdict", verdict(check.verdict()));
    return node;
  }

  private static ObjectNode verdict(Verdict verdict) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("verdict", verdict.name());
    node.setAll(MAPPER.<ObjectNode>valueToTree(verdict));
    return node;
  }

  /** Adds to the threads the circle that they only imply. */
  private static final class WithCycle extends StdSerializer<Standstill> {

    private static final long serialVersionUID = 1L;

    WithCycle() {
      super(Standstill.class);
    }

    @Override
    public void serialize(Standstill standstill, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      provider.defaultSerializeField("threads", standstill.threads(), out);
      provider.defaultSerializeField(
          "cycle", standstill.cycle().stream().map(ThreadSnapshot::name).toList(), out);
      provider.defaultSerializeField("ended", standstill.ended(), out);
      provider.defaultSerializeField("millis", standstill.millis(), out);
      out.writeEndObject();
    }
  }
}
