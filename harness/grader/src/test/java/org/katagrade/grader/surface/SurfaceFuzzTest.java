package org.katagrade.grader.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.Compilation;
import org.katagrade.grader.compile.Compiler;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.rules.Compiled;

/**
 * Class files and sources changed at random: whatever comes of it, nothing is let through that
 * names what is not allowed, and nothing crashes. {@code -Dsurface.fuzz=200000} does it for long.
 */
final class SurfaceFuzzTest {

  private static final int TIMES = Integer.getInteger("surface.fuzz", 4_000);
  private static final int SOURCES = TIMES / 40;

  /** To take the place of names and descriptors of a harmless program. */
  private static final List<String> WORDS =
      List.of(
          "java/lang/Runtime",
          "getRuntime",
          "exec",
          "(Ljava/lang/String;)Ljava/lang/Process;",
          "java/lang/System",
          "getenv",
          "exit",
          "(I)V",
          "in",
          "java/lang/Thread",
          "getContextClassLoader",
          "()Ljava/lang/ClassLoader;",
          "currentThread",
          "()Ljava/lang/Thread;",
          "java/lang/ClassLoader",
          "[Ljava/lang/ClassLoader;",
          "java/lang/Class",
          "forName",
          "java/util/ArrayList",
          "finalize",
          "()V",
          "<init>",
          "run",
          "");

  /** What the words of this test can be put together to, and must not. */
  private static final List<String> FORBIDDEN =
      List.of(
          "java/lang/Runtime\\.exec\\(Ljava/lang/String;\\)Ljava/lang/Process;",
          "java/lang/System\\.(getenv|in).*",
          "(java/lang/Thread|kata01/Solution)\\.getContextClassLoader\\(\\)Ljava/lang/ClassLoader;",
          "java/lang/ClassLoader\\..*",
          "java/lang/Class\\.forName.*",
          "java/lang/Object\\.finalize\\(\\)V");

  private static final String PROGRAM =
      """
      package kata01;
      import java.util.*;
      import java.util.concurrent.*;
      public class Solution extends Thread implements Callable<String> {
        record Pair(int a, List<String> b) {}
        enum Kind { ONE, TWO }
        private final Map<String, Pair> pairs = new ConcurrentHashMap<>();
        private static final int[] NUMBERS = {1, 2, 3};
        @Override public String call() throws Exception {
          Runnable r = () -> pairs.put("a" + NUMBERS.length, new Pair(1, List.of()));
          r.run();
          synchronized (this) { wait(1L); notifyAll(); }
          Object o = pairs.get("a");
          try {
            return switch (o) {
              case Pair(int a, var b) when a > 0 -> "pair " + b;
              case String s -> s;
              default -> Kind.valueOf("ONE").name() + System.nanoTime() + getName();
            };
          } catch (IllegalStateException | IllegalArgumentException e) {
            return e.getMessage() + Objects.requireNonNull(Pair.class.getName());
          }
        }
      }
      """;

  @Test
  void nothingIsLetThroughThatNamesMoreThanIsAllowed() throws Exception {
    List<ClassBytes> classes = Compiled.solution(PROGRAM);
    assertThat(look(classes)).isTrue();
    SplittableRandom random = new SplittableRandom(3);
    int letThrough = 0;
    int refused = 0;
    for (int i = 0; i < TIMES; i++) {
      int which = random.nextInt(classes.size());
      ClassBytes one = classes.get(which);
      ClassBytes changed =
          new ClassBytes(
              one.name(),
              random.nextInt(3) == 0
                  ? withOtherBytes(one.bytes(), random)
                  : withOtherWords(one.bytes(), random));
      List<ClassBytes> all = new ArrayList<>(classes);
      all.set(which, changed);
      if (look(all)) {
        letThrough++;
        assertThat(forbidden(changed)).as("change %d of %s", i, one.name()).isEmpty();
      } else {
        refused++;
      }
    }
    assertThat(letThrough).as("let through").isGreaterThan(TIMES / 100);
    assertThat(refused).as("refused").isGreaterThan(TIMES / 4);
  }

  @Test
  void sourcesEndTheCompilerWithClassesOrProblems() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> words = List.of(PROGRAM.split("(?<=\\W)|(?=\\W)"));
    int compiled = 0;
    for (int i = 0; i < SOURCES; i++) {
      String source = changed(words, random);
      Compilation compilation =
          Compiler.compile(
              List.of(new SourceFile(Path.of("Solution.java"), "kata01/Solution.java", source)),
              List.of(),
              List.of());
      if (compilation.failed()) {
        assertThat(compilation.errors()).as(source).isNotEmpty();
        assertThat(compilation.classes()).isEmpty();
      } else {
        compiled++;
        look(compilation.classes());
      }
    }
    assertThat(compiled).as("compiled").isPositive();
  }

  @Test
  void theOtherWayOfReadingFindsWhatThereIs() throws Exception {
    ClassBytes type =
        Compiled.solution("package kata01; class Solution { Object a = System.getenv(); }")
            .getFirst();
    assertThat(forbidden(type)).containsExactly("java/lang/System.getenv()Ljava/util/Map;");
    assertThat(look(List.of(type))).isFalse();
  }

  private static String changed(List<String> words, SplittableRandom random) {
    List<String> changed = new ArrayList<>(words);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(changed.size());
      switch (random.nextInt(5)) {
        case 0 -> changed.remove(at);
        case 1 -> changed.add(at, changed.get(random.nextInt(changed.size())));
        case 2 -> changed.set(at, changed.get(random.nextInt(changed.size())));
        case 3 -> changed.add(at, "\\u000a");
        default -> changed.add(at, "/* \\u002a\\u002f */".repeat(1 + random.nextInt(50)));
      }
    }
    return String.join("", changed);
  }

  /** Whether it is let through; a file that is no class file is not. */
  private static boolean look(List<ClassBytes> classes) {
    try {
      return Surface.look(classes, List.of(), List.of(), List.of()).refusals().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] withOtherBytes(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      changed[10 + random.nextInt(changed.length - 10)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  /** The same file with other texts in its constant pool, whatever they are for. */
  private static byte[] withOtherWords(byte[] bytes, SplittableRandom random) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    DataOutputStream out = new DataOutputStream(changed);
    out.writeLong(in.readLong());
    int count = in.readUnsignedShort();
    out.writeShort(count);
    int often = 5 + random.nextInt(100);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == 1) {
        String text = in.readUTF();
        boolean other = random.nextInt(often) == 0;
        out.writeUTF(other ? WORDS.get(random.nextInt(WORDS.size())) : text);
      } else {
        out.write(in.readNBytes(sizeAfter(tag)));
        i += tag == 5 || tag == 6 ? 1 : 0;
      }
    }
    in.transferTo(out);
    return changed.toByteArray();
  }

  private static int sizeAfter(int tag) {
    return switch (tag) {
      case 5, 6 -> 8;
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      default -> 4;
    };
  }

  /**
   * What a class file names that is not allowed, read in another way: from the bytes of its
   * constant pool, in which the words above are looked for.
   */
  private static List<String> forbidden(ClassBytes type) throws IOException {
    List<String> found = new ArrayList<>();
    Pool pool = Pool.read(type.bytes());
    for (int i = 1; i < pool.tags.length; i++) {
      switch (pool.tags[i]) {
        case 7 -> {
          String named = pool.texts[pool.first[i]];
          if (named != null && named.contains("java/lang/ClassLoader")) {
            found.add(named);
          }
        }
        case 9, 10, 11 -> {
          String member = pool.member(i);
          if (FORBIDDEN.stream().anyMatch(member::matches)) {
            found.add(member);
          }
        }
        default -> {}
      }
    }
    return found;
  }

  /** A constant pool as bytes have it. */
  private static final class Pool {
    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final @Nullable String[] texts;

    private Pool(int count) {
      tags = new int[count];
      first = new int[count];
      second = new int[count];
      texts = new String[count];
    }

    static Pool read(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      in.readLong();
      Pool pool = new Pool(in.readUnsignedShort());
      for (int i = 1; i < pool.tags.length; i++) {
        int tag = in.readUnsignedByte();
        pool.tags[i] = tag;
        if (tag == 1) {
          pool.texts[i] = in.readUTF();
        } else if (tag == 5 || tag == 6) {
          in.readLong();
          i++;
        } else if (sizeAfter(tag) == 4) {
          pool.first[i] = in.readUnsignedShort();
          pool.second[i] = in.readUnsignedShort();
        } else if (sizeAfter(tag) == 2) {
          pool.first[i] = in.readUnsignedShort();
        } else {
          in.readNBytes(sizeAfter(tag));
        }
      }
      return pool;
    }

    String member(int index) {
      int nameAndType = second[index];
      return texts[first[first[index]]]
          + "."
          + texts[first[nameAndType]]
          + texts[second[nameAndType]];
    }
  }
}
