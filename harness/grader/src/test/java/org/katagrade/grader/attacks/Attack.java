package org.katagrade.grader.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.katagrade.grader.grade.TestCourse;

/**
 * An attack as it is written down: lines {@code key: value}, then sections that go into a solution
 * which is right otherwise. {@code members} stands in its body, {@code enter}, {@code service} and
 * {@code later} at the beginning of that method, {@code file NAME} beside it. What begins with
 * {@code twin} makes the legitimate program that comes closest, if there is one.
 *
 * @param name group and file
 */
record Attack(String name, Map<String, String> head, Map<String, String> sections) {

  private static final Pattern SECTION = Pattern.compile("--- (twin )?(\\w+)(?: (\\S+))?");

  private static final String SOLUTION = "kata99/Solution.java";

  /** Where in the solution of the case that passes everything a section goes: after this. */
  private static final Map<String, String> PLACES =
      Map.of(
          "members", "  public Solution() {}\n",
          "enter", "int enter() {\n",
          "service", "void service() {\n",
          "later", "void later(Runnable action) {\n");

  static Attack read(Path file) throws IOException {
    Map<String, String> head = new LinkedHashMap<>();
    Map<String, String> sections = new LinkedHashMap<>();
    String section = "";
    for (String line : Files.readAllLines(file)) {
      Matcher begins = SECTION.matcher(line);
      if (begins.matches()) {
        section = line.substring("--- ".length());
        sections.put(section, "");
      } else if (section.isEmpty()) {
        String[] parts = line.split(": ", 2);
        head.put(parts[0], parts[1]);
      } else {
        sections.merge(section, line + "\n", String::concat);
      }
    }
    String name = file.getFileName().toString().replace(".txt", "");
    return new Attack(file.getParent().getFileName() + "/" + name, head, sections);
  }

  String get(String key) {
    String value = head.get(key);
    if (value == null) {
      throw new IllegalStateException(name + " has no '" + key + "'");
    }
    return value;
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(head.get(key));
  }

  /** What of the JDK has to be allowed so that the list does not stop it. */
  List<String> allowing() {
    return find("allowing").map(names -> List.of(names.split(" "))).orElse(List.of());
  }

  boolean hasTwin() {
    return sections.keySet().stream().anyMatch(section -> section.startsWith("twin "));
  }

  /** Writes the attack, or its twin, as a submission. */
  Path into(Path folder, boolean twin) throws IOException {
    Map<String, String> files = new HashMap<>();
    String solution = Files.readString(TestCourse.cases().resolve("passes-all/" + SOLUTION));
    for (Map.Entry<String, String> section : sections.entrySet()) {
      Matcher parts = SECTION.matcher("--- " + section.getKey());
      if (!parts.matches() || (parts.group(1) != null) != twin) {
        continue;
      }
      if (parts.group(2).equals("file")) {
        files.put(parts.group(3), section.getValue());
      } else {
        String place = PLACES.get(parts.group(2));
        if (place == null || !solution.contains(place)) {
          throw new IllegalStateException(name + ": nowhere to put " + section.getKey());
        }
        solution = solution.replace(place, place + section.getValue());
      }
    }
    files.put(SOLUTION, solution);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder;
  }
}
