package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.surface.Surface;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grade allowed KATA}: says what a solution may use. */
@Command(name = "allowed", description = "Say what a solution of a kata may use, and what not.")
final class AllowedCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "KATA", description = "The kata.")
  private String kata = "";

  @Option(names = "--all", description = "List every class and member of the JDK that is allowed.")
  private boolean all;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  AllowedCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Kata wanted = course.in(surroundings).find(kata);
    DeclaredChecks declared =
        CheckReader.read(surroundings.kataCompiler().compile(wanted).hidden());
    PrintWriter out = surroundings.out();
    String allowed = wanted.readme().allowed();
    int width = surroundings.screen().width();
    out.println(
        allowed.isEmpty()
            ? "The JDK is allowed, but for what follows."
            : Prose.wrap(allowed, width));
    out.println();
    if (declared.forbidden().isEmpty()) {
      out.println("No class is forbidden.");
    } else {
      out.println(Prose.wrap("Forbidden, and looked for in the compiled classes:", width));
      declared.forbidden().forEach(name -> out.println("  " + name));
    }
    out.println();
    if (all) {
      Surface.allowed().forEach((why, what) -> list(out, why, what));
    } else {
      out.println(
          Prose.wrap(
              "No kata allows files, the network, processes, reflection, class loaders or settings"
                  + " of the JVM, unless it says so here.",
              width));
      String command = "grade allowed " + wanted.id() + " --all";
      String lead = "What is allowed, by class and member:";
      // A command stays in one line, so that it can be copied.
      boolean fits = lead.length() + 1 + command.length() <= width;
      out.println(lead + (fits ? " " : System.lineSeparator() + "  ") + command);
    }
    if (!declared.allowed().isEmpty()) {
      list(out, "here also", declared.allowed());
    }
    return ExitCode.FULL;
  }

  private static void list(PrintWriter out, String why, List<String> what) {
    out.println(why + ":");
    what.forEach(each -> out.println("  " + each));
    out.println();
  }
}
