package org.katagrade.agent.corpus;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.katagrade.agent.race.Race;
import org.katagrade.agent.race.Races;

/**
 * One program of the corpus and what the detector must say of it.
 *
 * @param expected the lines of the race's two accesses, one if they are the same; none if correct
 */
record Program(Method method, Set<Integer> expected) {

  private static final String MARK = "// race: ";
  private static final Path SOURCES = Path.of("src/test/java/org/katagrade/races");

  @Override
  public String toString() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  static List<Program> all() throws IOException {
    List<Program> programs = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        programs.addAll(of(file));
      }
    }
    return programs;
  }

  private static List<Program> of(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".java", "");
    if (name.equals("package-info")) {
      return List.of();
    }
    Class<?> type;
    try {
      type = Class.forName("org.katagrade.races." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    List<String> lines = Files.readAllLines(file);
    return Arrays.stream(type.getDeclaredMethods())
        .filter(
            method ->
                method.isAnnotationPresent(Racy.class)
                    || method.isAnnotationPresent(RaceFree.class))
        .map(method -> new Program(method, marked(lines, method)))
        .sorted(java.util.Comparator.comparing(Program::toString))
        .toList();
  }

  private static Set<Integer> marked(List<String> lines, Method method) {
    Set<Integer> marked = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      int mark = lines.get(i).indexOf(MARK);
      if (mark >= 0
          && List.of(lines.get(i).substring(mark + MARK.length()).trim().split(",\\s*"))
              .contains(method.getName())) {
        marked.add(i + 1);
      }
    }
    if (marked.isEmpty() == method.isAnnotationPresent(Racy.class) || marked.size() > 2) {
      throw new IllegalStateException(method + " has the marks " + marked);
    }
    return marked;
  }

  /** Runs it and says what is wrong with what the detector found; empty if nothing is. */
  String run(Fork fork) throws Exception {
    ConcurrentLinkedQueue<Race> found = new ConcurrentLinkedQueue<>();
    Races.forget();
    Races.listen(found::add);
    try {
      method.setAccessible(true);
      method.invoke(null, fork);
    } catch (InvocationTargetException e) {
      return "threw " + e.getCause();
    }
    Races.settle();
    List<Set<Integer>> pairs = found.stream().map(Program::lines).distinct().toList();
    if (pairs.equals(expected.isEmpty() ? List.of() : List.of(expected))) {
      return "";
    }
    return "expected "
        + (expected.isEmpty() ? "no race" : "a race at lines " + expected)
        + ", but found "
        + found.stream().map(Program::text).collect(Collectors.toList());
  }

  private static Set<Integer> lines(Race race) {
    return new TreeSet<>(
        Set.copyOf(
            List.of(
                race.current().stack().getFirst().line(),
                race.previous().stack().getFirst().line())));
  }

  private static String text(Race race) {
    return race.variable()
        + (race.previous().write() ? " w" : " r")
        + race.previous().stack()
        + (race.current().write() ? " w" : " r")
        + race.current().stack();
  }
}
