package org.katagrade.grader.kata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

/** Reads Java sources from disk, regular files only and bounded in size and number. */
public final class Sources {

  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_FILES = 200;

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
    Path root = Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS) ? inner : folder;
    Reader reader = new Reader(root);
    Files.walkFileTree(root, reader);
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
    Reader reader = new Reader(root);
    Files.walkFileTree(root, reader);
    if (!reader.defects.isEmpty()) {
      throw new IOException(String.join("; ", reader.defects));
    }
    return reader.sources.stream()
        .filter(source -> !source.path().startsWith(without + "/"))
        .sorted(Comparator.comparing(SourceFile::path))
        .toList();
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
      if (!path.endsWith(".java")) {
        return FileVisitResult.CONTINUE;
      }
      if (!attributes.isRegularFile()) {
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

    private void add(Path file, String path) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        sources.add(new SourceFile(file, path, text));
      } catch (CharacterCodingException e) {
        defects.add(path + " is not UTF-8 text");
      }
    }
  }
}
