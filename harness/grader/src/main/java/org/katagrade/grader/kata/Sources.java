package org.katagrade.grader.kata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads Java sources from disk, regular files only and bounded in size and number. Links below the
 * folder that was named are not followed: they would give away what whoever grades can read.
 */
public final class Sources {

  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_FILES = 200;

  /** Some editors write it in front of UTF-8, which needs none; javac takes it for a letter. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** How deep a linked folder is looked into for sources, before it counts as something else. */
  private static final int LINKED_DEPTH = 4;

  private Sources() {}

  /** Reads a submission: the folder {@code src} in this one if there is one, else this one. */
  public static Submission submission(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      throw new UsageException("there is no folder " + folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + " is not a folder; name the folder that holds the work");
    }
    Path inner = folder.resolve("src");
    boolean hasInner = Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS);
    if (!hasInner && Files.exists(folder.resolve("pom.xml")) && Files.notExists(inner)) {
      throw new UsageException(
          "there is no folder 'src' in " + folder + ", where the work belongs");
    }
    Path root = hasInner ? inner : folder;
    Reader reader = read(root);
    if (reader.sources.isEmpty() && reader.defects.isEmpty()) {
      throw new UsageException(
          "there is no Java source in "
              + root
              + (reader.classFiles > 0 ? "; it holds class files, and sources are graded" : ""));
    }
    return new Submission(
        folder,
        reader.sources.stream().sorted(Comparator.comparing(SourceFile::path)).toList(),
        reader.defects);
  }

  /** Reads sources of ours, leaving out a folder below; there must be nothing wrong with them. */
  public static List<SourceFile> ours(Path root, String without) throws IOException {
    Reader reader = read(root);
    if (!reader.defects.isEmpty()) {
      throw new IOException(String.join("; ", reader.defects));
    }
    return reader.sources.stream()
        .filter(source -> !source.path().startsWith(without + "/"))
        .sorted(Comparator.comparing(SourceFile::path))
        .toList();
  }

  /** Reads a folder, which itself may be a link, since somebody named it. */
  private static Reader read(Path root) throws IOException {
    Reader reader = new Reader(Files.isSymbolicLink(root) ? root.toRealPath() : root);
    Files.walkFileTree(reader.root, reader);
    return reader;
  }

  /** Collects what it finds. */
  private static final class Reader extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<SourceFile> sources = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();
    private int classFiles;

    Reader(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean skip = !folder.equals(root) && (name.startsWith(".") || name.equals("target"));
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = root.relativize(file).toString().replace('\\', '/');
      if (path.endsWith(".class")) {
        classFiles++;
      }
      if (attributes.isSymbolicLink() && holdsSources(file)) {
        defects.add(path + " is a link to a folder; links are not followed");
        return FileVisitResult.CONTINUE;
      }
      if (!path.endsWith(".java")) {
        return FileVisitResult.CONTINUE;
      }
      if (path.endsWith("module-info.java")) {
        defects.add(path + " makes a module of it, and a module does not see the contract");
      } else if (!attributes.isRegularFile()) {
        defects.add(path + " is not a regular file; links are not followed");
      } else if (attributes.size() > MOST_BYTES) {
        defects.add(path + " is larger than " + (MOST_BYTES >> 20) + " MiB");
      } else if (sources.size() >= MOST_FILES) {
        defects.add("there are more than " + MOST_FILES + " source files");
        return FileVisitResult.TERMINATE;
      } else {
        add(file, path);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Whether this is a link to a folder in which sources were meant to be found. */
    private static boolean holdsSources(Path link) {
      if (!Files.isDirectory(link)) {
        return false;
      }
      try (Stream<Path> files =
          Files.find(
              link.toRealPath(), LINKED_DEPTH, (file, its) -> file.toString().endsWith(".java"))) {
        return files.findAny().isPresent();
      } catch (IOException | UncheckedIOException e) {
        return false;
      }
    }

    private void add(Path file, String path) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CharBuffer signs = CharBuffer.allocate(bytes.remaining());
      if (StandardCharsets.UTF_8.newDecoder().decode(bytes, signs, true).isError()) {
        long line = signs.flip().chars().filter(sign -> sign == '\n').count() + 1;
        defects.add("%s is not UTF-8 text: line %d".formatted(path, line));
        return;
      }
      String text = signs.flip().toString();
      sources.add(
          new SourceFile(file, path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
    }
  }
}
