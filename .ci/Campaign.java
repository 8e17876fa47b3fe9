import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How surely the checks tell wrong from right, beside a load: {@code java .ci/Campaign.java
 * [KATA…] [--times N] [--load K] [--check CHECK]}, from the root of the repository, on JDK 17 or
 * later.
 *
 * <p>Grades every known mistake of a check ({@code race} if none is said, {@code all} for all of
 * them) and every reference N times, each time with another seed, beside K threads that keep
 * processors busy. Says how often each mistake was caught by its check and with its verdict, and how
 * often each reference had full marks. Exits with 1 if that was not every time.
 */
public final class Campaign {

  private static final String RACE = "race";
  private static final String ALL = "all";

  private final Path root = Path.of("").toAbsolutePath();
  private final Path json = Files.createTempFile("campaign", ".json");
  private final List<String> katas = new ArrayList<>();
  private int times = 20;
  private int load = 2;
  private String check = RACE;
  private int runs;
  private int misses;

  private Campaign(String... words) throws IOException {
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--times" -> times = Integer.parseInt(words[++i]);
        case "--load" -> load = Integer.parseInt(words[++i]);
        case "--check" -> check = words[++i];
        default -> katas.add(words[i]);
      }
    }
  }

  public static void main(String[] words) throws Exception {
    Campaign campaign = new Campaign(words);
    try {
      campaign.run();
    } finally {
      Files.deleteIfExists(campaign.json);
    }
    System.exit(campaign.misses == 0 ? 0 : 1);
  }

  private void run() throws Exception {
    grade(List.of("list")); // builds, if there is something to build
    for (int i = 0; i < load; i++) {
      Thread busy = new Thread(Campaign::keepBusy, "load-" + i);
      busy.setDaemon(true);
      busy.start();
    }
    System.out.printf("%d times each, beside %d busy threads%n", times, load);
    for (Path kata : folders(root.resolve("katas"))) {
      if (katas.isEmpty() || katas.stream().anyMatch(named -> isNamed(kata, named))) {
        run(kata);
      }
    }
    System.out.printf("%d runs, %d misses%n", runs, misses);
    if (runs == 0) {
      throw new IllegalArgumentException("there was nothing to run for " + katas + ", " + check);
    }
  }

  private void run(Path kata) throws Exception {
    String name = kata.getFileName().toString();
    System.out.println(name);
    for (Path checkFolder : folders(kata.resolve("hidden/mutants"))) {
      String id = checkFolder.getFileName().toString();
      if (!check.equals(ALL) && !check.equals(id)) {
        continue;
      }
      for (Path verdict : folders(checkFolder)) {
        for (Path mutant : folders(verdict)) {
          mutant(name, id, verdict.getFileName().toString(), mutant);
        }
      }
    }
    reference(name);
  }

  private void mutant(String kata, String id, String verdict, Path folder) throws Exception {
    Map<String, Integer> verdicts = new TreeMap<>();
    for (int seed = 1; seed <= times; seed++) {
      List<String> only = List.of(kata, folder.toString(), "--only", id, "--seed", "" + seed);
      verdicts.merge(verdictOf(id, grade(only)), 1, Integer::sum);
    }
    tell(id + "/" + verdict + "/" + folder.getFileName(), verdict, verdicts);
  }

  private void reference(String kata) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    for (int seed = 1; seed <= times; seed++) {
      List<String> whole = List.of(kata, "reference/" + kata, "--seed", "" + seed);
      ends.merge(failures(grade(whole)), 1, Integer::sum);
    }
    tell("reference", "full marks", ends);
  }

  private void tell(String what, String expected, Map<String, Integer> found) {
    int right = found.getOrDefault(expected, 0);
    runs += times;
    misses += times - right;
    System.out.printf(
        "  %s %3d of %d  %s%s%n",
        right == times ? " " : "!", right, times, what, right == times ? "" : "  " + found);
  }

  /** What a grade says, as JSON. */
  private String grade(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("grade").toString()));
    command.addAll(words);
    if (words.size() > 1) {
      command.addAll(List.of("--quiet", "--json", json.toString()));
      Files.writeString(json, "");
    }
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int code = process.waitFor();
    if (code != 0 && code != 1 && code != 3) {
      throw new IOException(command + " ended with " + code);
    }
    return Files.readString(json);
  }

  private static String verdictOf(String id, String grade) {
    Matcher found =
        Pattern.compile(
                "\"id\"\\s*:\\s*\"" + id + "\".*?\"verdict\"\\s*:\\s*\\{\\s*\"verdict\"\\s*:\\s*\"(\\w+)\"",
                Pattern.DOTALL)
            .matcher(grade);
    return found.find() ? found.group(1) : "Rejected";
  }

  /** Which checks a reference did not pass, and why; {@code full marks} if it passed all. */
  private static String failures(String grade) {
    Matcher ids =
        Pattern.compile("\"id\"\\s*:\\s*\"(\\w+)\"\\s*,\\s*\"title\"", Pattern.DOTALL).matcher(grade);
    List<String> failures = new ArrayList<>();
    boolean any = false;
    while (ids.find()) {
      any = true;
      String verdict = verdictOf(ids.group(1), grade);
      if (!verdict.equals("Passed")) {
        failures.add(ids.group(1) + " " + verdict);
      }
    }
    if (!any) {
      return "rejected";
    }
    return failures.isEmpty() ? "full marks" : String.join(", ", failures);
  }

  private static boolean isNamed(Path kata, String named) {
    String name = kata.getFileName().toString();
    return name.equals(named) || name.startsWith(named + "-") || name.startsWith("kata-" + named + "-");
  }

  private static List<Path> folders(Path in) throws IOException {
    try (Stream<Path> entries = Files.list(in)) {
      return entries.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static void keepBusy() {
    long sum = 0;
    while (sum != Long.MIN_VALUE) {
      sum = sum * 31 + 7 | 1;
    }
  }
}
