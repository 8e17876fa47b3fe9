package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Java sources below a folder as they were saved: which, when and how large.
 *
 * <p>Looked at again and again. The JDK's watch service would tell of changes, but on macOS it
 * looks again and again itself, only more slowly, and editors that save by renaming make it lose
 * files.
 */
record SavedFiles(Map<Path, Saved> files) {

  record Saved(FileTime when, long size) {}

  SavedFiles {
    files = Map.copyOf(files);
  }

  static SavedFiles in(Path named) throws IOException {
    boolean linked = Files.isSymbolicLink(named) && Files.isDirectory(named);
    Path folder = linked ? named.toRealPath() : named;
    Map<Path, Saved> found = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            String name = String.valueOf(each.getFileName());
            boolean skip = !each.equals(folder) && (name.startsWith(".") || name.equals("target"));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.put(file, new Saved(attributes.lastModifiedTime(), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            // An editor's own file may be gone between being listed and being looked at.
            return FileVisitResult.CONTINUE;
          }
        });
    return new SavedFiles(found);
  }
}
