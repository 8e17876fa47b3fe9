import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Formats every Java source below some folders, or checks that they are formatted. */
final class Format {

  public static void main(String[] args) throws IOException, FormatterException {
    boolean write = args[0].equals("write");
    Formatter formatter = new Formatter();
    List<Path> wrong = new ArrayList<>();
    for (String folder : List.of(args).subList(1, args.length)) {
      for (Path source : sources(Path.of(folder))) {
        String text = Files.readString(source);
        String formatted = formatter.formatSourceAndFixImports(text);
        if (!formatted.equals(text)) {
          wrong.add(source);
          if (write) {
            Files.writeString(source, formatted);
          }
        }
      }
    }
    wrong.forEach(source -> System.out.println((write ? "formatted " : "not formatted: ") + source));
    if (!write && !wrong.isEmpty()) {
      System.out.println("run: mvn -q -N verify -Dformat=write");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
