package org.katagrade.grader.kata;

import java.nio.file.Path;

/**
 * A Java source, read.
 *
 * @param file where it is on disk
 * @param path its path below the source folder, with forward slashes
 */
public record SourceFile(Path file, String path, String text) {}
