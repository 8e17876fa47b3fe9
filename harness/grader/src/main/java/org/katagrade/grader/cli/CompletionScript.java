package org.katagrade.grader.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A script with which bash, and zsh by its {@code bashcompinit}, completes what is typed after
 * {@code grade}: commands, katas, options and checks, and files wherever none of these stand.
 *
 * @param root the command without a name
 * @param katas ids of katas
 * @param checks ids of their checks
 */
record CompletionScript(CommandSpec root, List<String> katas, Collection<String> checks) {

  private static final String SCRIPT =
      """
      # Completion for grade, in bash and zsh.
      if [ -n "${ZSH_VERSION-}" ]; then
        autoload -U +X compinit && compinit
        autoload -U +X bashcompinit && bashcompinit
      fi
      _grade() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
        local command="${COMP_WORDS[1]}" words=""
        COMPREPLY=()
        case "$before" in
          %s) words="%s" ;;
          %s) return ;;
          *)
            case "$COMP_CWORD,$command,$word" in
      %s
              1,*) words="%s" ;;
              *,-*) words="%s" ;;
            esac ;;
        esac
        [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$word"))
      }
      complete -o default -F _grade grade ./grade
      """;

  /** The script's text. */
  String text() {
    Map<String, CommandSpec> commands =
        root.subcommands().entrySet().stream()
            .map(Map.Entry::getValue)
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .collect(Collectors.toMap(CommandSpec::name, command -> command));
    List<String> cases = new ArrayList<>();
    cases.add(branch("1,*,-*", options(root)));
    commands.values().stream()
        .sorted((left, right) -> left.name().compareTo(right.name()))
        .forEach(
            command -> {
              cases.add(branch("*," + command.name() + ",-*", options(command)));
              if (takesKatas(command)) {
                boolean many = command.positionalParameters().getFirst().index().isVariable();
                cases.add(branch((many ? "*," : "2,") + command.name() + ",*", katas.stream()));
              }
            });
    return SCRIPT.formatted(
        named(true),
        String.join(" ", checks),
        named(false),
        String.join("\n", cases),
        Stream.concat(commands.keySet().stream().sorted(), katas.stream())
            .collect(Collectors.joining(" ")),
        options(root).collect(Collectors.joining(" ")));
  }

  private static String branch(String pattern, Stream<String> words) {
    return "        %s) words=\"%s\" ;;".formatted(pattern, words.collect(Collectors.joining(" ")));
  }

  private static boolean takesKatas(CommandSpec command) {
    return !command.positionalParameters().isEmpty()
        && command.positionalParameters().getFirst().paramLabel().equals("KATA");
  }

  /** Options that want a word, those for checks or all others, as a pattern of the shell's. */
  private String named(boolean ofChecks) {
    return Stream.concat(
            Stream.of(root), root.subcommands().values().stream().map(CommandLine::getCommandSpec))
        .flatMap(command -> command.options().stream())
        .filter(option -> option.arity().max() > 0)
        .filter(option -> option.paramLabel().equals("CHECK") == ofChecks)
        .map(OptionSpec::longestName)
        .distinct()
        .sorted()
        .collect(Collectors.joining("|"));
  }

  private static Stream<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Stream.of(option.longestName(), negated(option)))
        .filter(name -> !name.isEmpty())
        .distinct()
        .sorted();
  }

  private static String negated(OptionSpec option) {
    return option.negatable() ? option.longestName().replaceFirst("^--", "--no-") : "";
  }
}
