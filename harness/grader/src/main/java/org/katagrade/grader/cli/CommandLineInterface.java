package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.katagrade.grader.kata.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands, put together; from words to an exit code. */
public final class CommandLineInterface {

  private CommandLineInterface() {}

  /** Runs what the words say. Never throws. */
  public static int run(Surroundings surroundings, String... words) {
    int code = commandLine(surroundings).execute(words);
    surroundings.screen().out().flush();
    surroundings.screen().err().flush();
    return code;
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line =
        new CommandLine(new GradeCommand(surroundings))
            .addSubcommand(new ListCommand(surroundings))
            .addSubcommand(new StartCommand(surroundings))
            .addSubcommand(new HintCommand(surroundings))
            .addSubcommand(new WatchCommand(surroundings))
            .addSubcommand(new AllowedCommand(surroundings))
            .addSubcommand(new RaceCommand(surroundings))
            .addSubcommand(new ReplayCommand(surroundings))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new ProveCommand(surroundings))
            .addSubcommand(new HandoutCommand(surroundings))
            .addSubcommand(new CompletionCommand(surroundings))
            .addSubcommand(new WarmUpCommand(surroundings));
    PrintWriter err = surroundings.screen().err();
    line.setOut(surroundings.screen().out());
    line.setErr(err);
    line.setUsageHelpAutoWidth(false);
    // A check may be called as a command is: --only race.
    line.setAllowSubcommandsAsOptionParameters(true);
    // What begins with @ is java's to read, and may be a folder's name.
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(Math.clamp(surroundings.screen().width(), 60, 100));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setExecutionStrategy(CommandLineInterface::runLast);
    line.setParameterExceptionHandler((failure, args) -> complain(err, message(failure)));
    line.setExecutionExceptionHandler((failure, at, parsed) -> explain(err, failure));
    line.setExitCodeExceptionMapper(failure -> ExitCode.USAGE);
    return line;
  }

  /** A word before a command would be lost: it is another command's. */
  private static int runLast(ParseResult parsed) {
    if (parsed.hasSubcommand()) {
      Stream<String> options = parsed.matchedOptions().stream().map(option -> option.longestName());
      Stream<String> words =
          parsed.matchedPositionals().stream()
              .flatMap(parameter -> parameter.originalStringValues().stream());
      String command = parsed.subcommand().commandSpec().name();
      Stream.concat(options, words)
          .findFirst()
          .ifPresent(
              lost -> {
                throw new UsageException(
                    "the command comes first: 'grade %s', then %s".formatted(command, lost));
              });
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int complain(PrintWriter err, String message) {
    err.println("grade: " + message);
    return ExitCode.USAGE;
  }

  private static String message(ParameterException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse(" ");
    String start = message.substring(0, 1).toLowerCase(Locale.ROOT);
    List<String> near =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return start
        + message.substring(1)
        + (near.isEmpty()
            ? "; 'grade --help' says what there is"
            : ": did you mean " + near.getFirst() + "?");
  }

  /** Says why a command could not do what it was told; returns the exit code for that. */
  static int explain(PrintWriter err, Exception failure) {
    return switch (failure) {
      case UsageException usage -> complain(err, String.valueOf(usage.getMessage()));
      case IOException io -> complain(err, words(io));
      case UncheckedIOException io ->
          complain(err, io.getMessage() + ": " + words(Objects.requireNonNull(io.getCause())));
      case InterruptedException interrupted -> {
        Thread.currentThread().interrupt();
        err.println("grade: interrupted");
        yield ExitCode.INCOMPLETE;
      }
      default -> {
        err.println("grade: this is a fault of the grader, not of your work");
        failure.printStackTrace(err);
        yield ExitCode.INCOMPLETE;
      }
    };
  }

  /** A failure of the file system in words; Java's own message is often the bare path. */
  static String words(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
