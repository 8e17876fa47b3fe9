import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A bit of everything in the language; what it prints must not depend on the agent. */
public class Everything {

  sealed interface Shape permits Circle, Square {}

  record Circle(int radius, List<String> tags) implements Shape {}

  record Square(int side) implements Shape {}

  enum Color {
    RED {
      @Override
      int code() {
        return 1;
      }
    },
    BLUE;

    int code() {
      return 2;
    }
  }

  interface Named {
    String PREFIX = "named".toUpperCase();

    default String name() {
      return PREFIX;
    }
  }

  static class Base implements Named, Serializable {
    protected long wide = 1L << 40;
    double half = 0.5;
  }

  static class Derived extends Base {
    transient int skipped = 9;

    {
      wide += 2;
      half *= 3;
    }
  }

  static final int[] COUNTER = new int[4];

  static synchronized int depth(int n) {
    if (n == 0) {
      throw new IllegalStateException("bottom");
    }
    try {
      return depth(n - 1);
    } finally {
      COUNTER[n % 4] += n;
    }
  }

  static void tell(Runnable wrong) {
    try {
      wrong.run();
    } catch (RuntimeException e) {
      System.out.println(e.getClass() + " " + e.getMessage());
    }
  }

  static Base none() {
    return null;
  }

  public static void main(String[] args) throws Exception {
    Shape shape = new Circle(2, new ArrayList<>(List.of("a", "b")));
    System.out.println(
        switch (shape) {
          case Circle(int r, List<String> tags) when r > 1 -> "circle " + r + tags;
          case Circle c -> "small";
          case Square s -> "square";
        });
    System.out.println(shape.equals(new Circle(2, List.of("a", "b"))) + " " + shape.hashCode());
    System.out.println(Color.RED.code() + Color.BLUE.code() + new Derived().name());
    tell(() -> depth(20));
    System.out.println(Arrays.toString(COUNTER));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Derived());
    }
    Derived back =
        (Derived) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    System.out.println(back.wide + " " + back.half + " " + back.skipped);
    System.out.println(ObjectStreamClass.lookup(Derived.class).getSerialVersionUID());
    long[][] grid = new long[3][2];
    grid[1][1] += 7;
    grid[2][0]--;
    System.out.println(Arrays.deepToString(grid));
    Function<Integer, Function<Integer, Integer>> add = a -> b -> a + b;
    Supplier<Map<String, List<Integer>>> maps = TreeMap::new;
    Map<String, List<Integer>> map = maps.get();
    map.computeIfAbsent("k", k -> new LinkedList<>()).add(add.apply(3).apply(4));
    for (Map.Entry<String, List<Integer>> e : map.entrySet()) {
      System.out.println(e.getKey() + e.getValue());
    }
    tell(() -> none().name());
    tell(() -> none().wide = 3);
    tell(() -> COUNTER[COUNTER.length] = 1);
    tell(() -> System.out.println(none().half));
    StringBuilder text = new StringBuilder();
    outer:
    for (int i = 0; i < 5; i++) {
      for (char c = 'a'; c < 'e'; c++) {
        if (c == 'c') {
          continue outer;
        }
        text.append(c).append(i);
      }
    }
    Thread thread =
        new Thread(
            () -> {
              synchronized (text) {
                text.append("!");
              }
            });
    thread.start();
    thread.join();
    System.out.println(text.reverse());
  }
}
