package org.katagrade.grader.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.report.Marks;
import org.katagrade.grader.state.Places;

/** The main program, started by the launcher, which says in system properties what it found. */
public final class Main {

  private static final int USUAL_WIDTH = 100;

  private static final StandardOutput OUT = new StandardOutput();

  private Main() {}

  public static void main(String[] args) {
    Surroundings surroundings = surroundings(System.getenv());
    int code = CommandLineInterface.run(surroundings, args);
    if (surroundings.out().checkError() && !OUT.hasNoReader()) {
      surroundings.screen().err().println("grade: not all output could be written");
      code = code == ExitCode.FULL ? ExitCode.USAGE : code;
    }
    surroundings.screen().err().flush();
    System.exit(code);
  }

  private static Surroundings surroundings(Map<String, String> environment) {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("grade.root")));
    String archive = System.getProperty("grade.child.archive");
    String system = System.getProperty("os.name");
    return new Surroundings(
        new Installation(
            root,
            Path.of(Objects.requireNonNull(System.getProperty("grade.library"))),
            archive == null ? null : Path.of(archive)),
        Path.of("").toAbsolutePath(),
        Places.of(system, Path.of(System.getProperty("user.home")), environment),
        new Screen(
            new PrintWriter(OUT, true, charset("stdout.encoding")),
            new PrintWriter(System.err, true, charset("stderr.encoding")),
            isOn("grade.terminal") && environment.getOrDefault("NO_COLOR", "").isEmpty(),
            isOn("grade.live"),
            width(System.getProperty("grade.columns")),
            Marks.in(charset("stdout.encoding"))));
  }

  private static Charset charset(String property) {
    String name = System.getProperty(property);
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  /** What the launcher found; without a launcher that could, what the JVM can tell. */
  private static boolean isOn(String property) {
    String said = System.getProperty(property);
    return said == null
        ? System.console() != null && System.console().isTerminal()
        : said.equals("true");
  }

  private static int width(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(columns)
        : USUAL_WIDTH;
  }
}
