import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What the race detector costs: each workload in turns with and without the agent, in JVMs of their
 * own, as a ratio of medians; and how the cost grows with virtual threads.
 *
 * <p>Run it in the root of the repository after {@code mvn -q package -DskipTests}, with a JDK 25:
 * {@code java .ci/RaceBench.java [times]}. The workloads are small on purpose and nothing but what
 * they are named for, so each is a worst case of its kind.
 */
public class RaceBench {

  private static final int DEFAULT_TIMES = 3;

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("work")) {
      Work.run();
      return;
    }
    int times = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_TIMES;
    Path classes = Files.createTempDirectory("race-bench");
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-g", "-d", classes.toString(), ".ci/RaceBench.java");
    Map<String, List<Double>> plain = new TreeMap<>();
    Map<String, List<Double>> woven = new TreeMap<>();
    for (int time = 0; time < times; time++) {
      collect(plain, run(classes, List.of()));
      collect(woven, run(classes, List.of("-javaagent:" + agent() + "=exit=0")));
    }
    double product = 1;
    int workloads = 0;
    System.out.printf("%-24s %10s %10s %8s%n", "workload", "without", "with", "ratio");
    for (String name : plain.keySet()) {
      double without = median(plain.get(name));
      double with = median(woven.get(name));
      System.out.printf("%-24s %10.1f %10.1f %7.1fx%n", name, without, with, with / without);
      if (!name.contains(" virtual ") && !name.equals("start") && !name.startsWith("heap")) {
        product *= with / without;
        workloads++;
      }
    }
    System.out.printf("geometric mean %.1fx%n", Math.pow(product, 1.0 / workloads));
  }

  private static Path agent() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("harness/agent/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("agent-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("run 'mvn -q package -DskipTests' first"))
          .toAbsolutePath();
    }
  }

  private static Map<String, Double> run(Path classes, List<String> agent) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(agent);
    command.addAll(List.of("-Xmx2g", "-cp", classes.toString(), "RaceBench", "work"));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Map<String, Double> figures = new TreeMap<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals("started")) {
          figures.put("start", (System.nanoTime() - start) / 1e6);
        } else if (line.startsWith("figure ")) {
          String[] parts = line.substring("figure ".length()).split("\t");
          figures.put(parts[0], Double.parseDouble(parts[1]));
        } else if (line.contains("DATA RACE")) {
          throw new IllegalStateException("the workloads have no race, but one was reported");
        }
      }
    }
    process.waitFor();
    return figures;
  }

  private static void collect(Map<String, List<Double>> all, Map<String, Double> one) {
    one.forEach((name, figure) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(figure));
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** The workloads, in a JVM of their own. */
  static final class Work {

    private static final int THREADS = 2;

    private int one;
    private long two;
    private Work other;
    private final int[] numbers = new int[1 << 16];
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private int guarded;

    interface Body {
      long go(Work mine, Work shared);
    }

    static void run() throws Exception {
      System.out.println("started");
      measure("fields", (mine, shared) -> mine.fields());
      measure("arrays", (mine, shared) -> mine.arrays());
      measure("locks", (mine, shared) -> shared.locks());
      measure("allocation", (mine, shared) -> allocation());
      measure("collections", (mine, shared) -> mine.collections());
      measure("mixed", (mine, shared) -> mine.mixed(shared));
      heap();
      for (int threads : new int[] {1_000, 3_000, 10_000, 30_000}) {
        virtual(threads);
      }
    }

    private static void measure(String name, Body body) throws Exception {
      double best = Double.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        Work shared = new Work();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Thread thread = new Thread(() -> Objects.checkIndex(0, (int) (1 + (body.go(new Work(), shared) & 1))));
          thread.start();
          threads.add(thread);
        }
        for (Thread thread : threads) {
          thread.join();
        }
        best = Math.min(best, (System.nanoTime() - start) / 1e6);
      }
      System.out.println("figure " + name + " ms\t" + best);
    }

    private long fields() {
      for (int i = 0; i < 20_000_000; i++) {
        one += i;
        two ^= one;
      }
      return two;
    }

    private long arrays() {
      for (int round = 0; round < 100; round++) {
        for (int i = 1; i < numbers.length; i++) {
          numbers[i] += numbers[i - 1] + i;
        }
      }
      return numbers[numbers.length - 1];
    }

    private long locks() {
      for (int i = 0; i < 500_000; i++) {
        lock.lock();
        try {
          guarded++;
        } finally {
          lock.unlock();
        }
      }
      return 0;
    }

    private static long allocation() {
      Work last = null;
      long sum = 0;
      for (int i = 0; i < 20_000; i++) {
        Node node = new Node(i, null);
        for (int j = 0; j < 50; j++) {
          node = new Node(j, node);
        }
        sum += node.value;
      }
      return sum + (last == null ? 0 : 1);
    }

    private long collections() {
      for (int i = 0; i < 1_000_000; i++) {
        counts.merge(i & 1023, 1, Integer::sum);
      }
      return counts.get(7);
    }

    private long mixed(Work shared) {
      for (int i = 0; i < 20_000; i++) {
        for (int j = 0; j < 20; j++) {
          numbers[(i + j) & 0xffff] = one++;
        }
        synchronized (shared) {
          shared.guarded++;
          shared.counts.put(i & 255, i);
        }
      }
      return one;
    }

    /** Many small objects that two threads have seen. */
    private static void heap() throws Exception {
      Node[] nodes = new Node[500_000];
      for (int i = 0; i < nodes.length; i++) {
        nodes[i] = new Node(i, null);
      }
      Thread reader =
          new Thread(
              () -> {
                for (Node node : nodes) {
                  node.value++;
                }
              });
      reader.start();
      reader.join();
      System.gc();
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.out.println("figure heap MB\t" + used / 1e6);
      Objects.requireNonNull(nodes[1]);
    }

    /** So many virtual threads, each once in the same critical section. */
    private static void virtual(int count) throws Exception {
      Work shared = new Work();
      long start = System.nanoTime();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      synchronized (shared) {
                        shared.guarded++;
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double nanos = (System.nanoTime() - start) * 1.0 / count;
      System.out.printf("figure %6d virtual us each\t%s%n", count, nanos / 1e3);
    }

    private static final class Node {
      int value;
      int a;
      int b;
      long c;
      Node next;

      Node(int value, Node next) {
        this.value = value;
        this.next = next;
      }
    }
  }
}
