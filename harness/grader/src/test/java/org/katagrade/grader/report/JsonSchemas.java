package org.katagrade.grader.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.katagrade.grader.grade.Grade;

/** Grades as documents, against the published schema. */
public final class JsonSchemas {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonSchemas() {}

  /** What the schema has against the report of a grade. */
  public static Set<ValidationMessage> complaints(Grade grade) throws IOException {
    StringWriter text = new StringWriter();
    new JsonReport().write(grade, Optional.empty(), text);
    return complaints(MAPPER.readTree(text.toString()));
  }

  static Set<ValidationMessage> complaints(JsonNode document) throws IOException {
    try (InputStream file = JsonReport.class.getResourceAsStream("grade-v1.schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(MAPPER.readTree(file));
      return schema.validate(document);
    }
  }
}
