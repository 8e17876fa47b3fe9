import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How fast the grader is, from a cold shell, beside Maven's run of the same kata's one sample test:
 * {@code java .ci/Bench.java [ROUNDS]}, from the root of the repository, on JDK 17 or later.
 *
 * <p>Everything is measured in turn in one run, so that a busy machine is busy for all. Read the
 * ratios; the times say as much about the machine.
 */
public final class Bench {

  private static final List<String> KATAS = List.of("kata-04-bank-transfer", "kata-08-bounded-buffer");
  private static final Pattern NUMBER = Pattern.compile("\"(compile|rules|plain|agent|model|total)\" ?: ?(\\d+)");

  private final Path root = Path.of("").toAbsolutePath();
  private final Path work = Files.createTempDirectory("bench");
  private final int rounds;

  private Bench(int rounds) throws IOException {
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    Bench bench = new Bench(args.length > 0 ? Integer.parseInt(args[0]) : 5);
    try {
      bench.run(List.of("./grade", "list"), bench.root); // builds, if there is something to build
      for (String kata : KATAS) {
        bench.sideBySide(kata);
      }
      for (String kata : KATAS) {
        bench.mutants(kata);
      }
      bench.watch(KATAS.get(0));
    } finally {
      delete(bench.work);
    }
  }

  /** Sample test, quick grade and full grade in turn. */
  private void sideBySide(String kata) throws Exception {
    Path handedIn = work.resolve(kata);
    run(List.of("./grade", "start", kata, handedIn.toString()), root);
    copy(root.resolve("reference").resolve(kata).resolve("src"), handedIn.resolve("src"));
    List<String> grade = List.of("./grade", kata, "reference/" + kata, "--quiet");
    Path json = work.resolve("grade.json");
    Map<String, List<Long>> times = new LinkedHashMap<>();
    Map<String, List<Long>> stages = new LinkedHashMap<>();
    long peak = 0;
    passing(run(List.of("mvn", "-q", "test"), handedIn)); // fetches what it needs
    for (int round = 0; round <= rounds; round++) {
      long maven = passing(run(List.of("mvn", "-q", "-o", "test"), handedIn)).millis();
      long quick = run(with(grade, "--quick"), root).millis();
      Run full = run(with(grade, "--json", json.toString()), root);
      if (round == 0) {
        continue; // warms the disk
      }
      times.computeIfAbsent("mvn -q -o test", k -> new ArrayList<>()).add(maven);
      times.computeIfAbsent("grade --quick", k -> new ArrayList<>()).add(quick);
      times.computeIfAbsent("grade", k -> new ArrayList<>()).add(full.millis());
      peak = Math.max(peak, full.peakKilobytes());
      Matcher stage = NUMBER.matcher(Files.readString(json));
      long total = 0;
      while (stage.find()) {
        long millis = Long.parseLong(stage.group(2));
        stages.computeIfAbsent(stage.group(1), k -> new ArrayList<>()).add(millis);
        total = stage.group(1).equals("total") ? millis : total;
      }
      stages.computeIfAbsent("start", k -> new ArrayList<>()).add(full.millis() - total);
    }
    long maven = median(times.get("mvn -q -o test"));
    System.out.printf("%n%s, medians of %d rounds%n", kata, rounds);
    times.forEach(
        (name, all) ->
            System.out.printf(
                "  %-16s %6d ms  %5.2fx%n", name, median(all), (double) median(all) / maven));
    StringBuilder line = new StringBuilder("  of the full grade, in ms:");
    stages.forEach((name, all) -> line.append(' ').append(name).append(' ').append(median(all)));
    System.out.println(line);
    System.out.printf("  peak memory of a child: %d MB%n", peak >> 10);
  }

  /** Time from a cold shell to the verdict on every known mistake. */
  private void mutants(String kata) throws Exception {
    List<Long> times = new ArrayList<>();
    long worst = 0;
    String slowest = "";
    Path hidden = root.resolve("katas").resolve(kata).resolve("hidden/mutants");
    try (Stream<Path> folders = Files.find(hidden, 3, (path, is) -> is.isDirectory())) {
      for (Path mutant : folders.filter(p -> hidden.relativize(p).getNameCount() == 3).sorted().toList()) {
        long millis = run(List.of("./grade", kata, mutant.toString(), "--quiet"), root).millis();
        times.add(millis);
        if (millis > worst) {
          worst = millis;
          slowest = hidden.relativize(mutant).toString();
        }
      }
    }
    System.out.printf(
        "%n%s, %d known mistakes, full grade: median %d ms, worst %d ms (%s)%n",
        kata, times.size(), median(times), worst, slowest);
  }

  /** Time from saving a file to the first report of {@code grade watch}. */
  private void watch(String kata) throws Exception {
    Path folder = work.resolve("watched");
    run(List.of("./grade", "start", kata, folder.toString()), root);
    copy(root.resolve("reference").resolve(kata).resolve("src"), folder.resolve("src"));
    Process watch =
        new ProcessBuilder("./grade", "watch", kata, folder.toString())
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Long> times = new ArrayList<>();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
      awaitVerdict(said); // quick
      awaitVerdict(said); // all
      Path source;
      try (Stream<Path> files = Files.walk(folder.resolve("src"))) {
        source = files.filter(file -> file.toString().endsWith("Solution.java")).findFirst().orElseThrow();
      }
      for (int round = 0; round < rounds; round++) {
        TimeUnit.MILLISECONDS.sleep(500);
        Files.writeString(source, Files.readString(source) + "\n// saved again\n");
        long start = System.nanoTime();
        awaitVerdict(said);
        times.add((System.nanoTime() - start) / 1_000_000);
        awaitVerdict(said);
      }
    } finally {
      watch.descendants().forEach(ProcessHandle::destroy);
      watch.destroy();
      watch.waitFor();
    }
    System.out.printf("%n%s, from save to the quick verdict under watch: %d ms%n", kata, median(times));
  }

  private static void awaitVerdict(BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(" of 100")) {
        return;
      }
    }
    throw new IOException("grade watch ended");
  }

  /**
   * A finished command.
   *
   * @param exit 0 or 1
   * @param peakKilobytes most memory any JVM under the grader's had, where the system tells
   */
  private record Run(long millis, int exit, long peakKilobytes) {}

  /** A test that did not run takes no time. */
  private Run passing(Run run) throws IOException {
    if (run.exit() != 0) {
      throw new IOException("the sample test fails: " + Files.readString(work.resolve("output")));
    }
    return run;
  }

  private Run run(List<String> command, Path folder) throws Exception {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output").toFile())
            .start();
    long peak = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      for (ProcessHandle child : process.descendants().toList()) {
        peak = Math.max(peak, highWater(child.pid()));
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (process.exitValue() > 1) {
      throw new IOException(command + " ended with " + process.exitValue() + ": "
          + Files.readString(work.resolve("output")));
    }
    return new Run(millis, process.exitValue(), peak);
  }

  private static long highWater(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException e) {
      return 0; // it has ended, or this system does not tell
    }
  }

  private static List<String> with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Arrays.stream(more)).toList();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
