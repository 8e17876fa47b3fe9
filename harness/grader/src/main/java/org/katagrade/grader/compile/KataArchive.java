package org.katagrade.grader.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.katagrade.checks.wire.ClassBytes;

/** A compiled kata in one file: folders {@code contract} and {@code hidden}, and the hash. */
public final class KataArchive {

  private static final String CONTRACT = "contract/";
  private static final String HIDDEN = "hidden/";
  private static final String HASH = "hash";

  private KataArchive() {}

  /** Reads an archive. */
  public static CompiledKata read(Path file) throws IOException {
    List<ClassBytes> contract = new ArrayList<>();
    List<ClassBytes> hidden = new ArrayList<>();
    String hash = "";
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        String name = entry.getName();
        if (name.startsWith(CONTRACT)) {
          contract.add(new ClassBytes(name.substring(CONTRACT.length()), bytes));
        } else if (name.startsWith(HIDDEN)) {
          hidden.add(new ClassBytes(name.substring(HIDDEN.length()), bytes));
        } else if (name.equals(HASH)) {
          hash = new String(bytes, StandardCharsets.UTF_8);
        }
      }
    }
    if (hash.isEmpty() || contract.isEmpty() || hidden.isEmpty()) {
      throw new IOException(file + " is not a compiled kata");
    }
    return new CompiledKata(contract, hidden, hash);
  }

  /** Writes an archive; another process that writes the same at the same time does no harm. */
  public static void write(CompiledKata kata, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder to write to: " + file);
    }
    Files.createDirectories(folder);
    // No temporary file, which nobody but its owner may read: an archive may be handed out.
    Path part = folder.resolve("kata-%s.part".formatted(UUID.randomUUID()));
    try {
      try (OutputStream out = Files.newOutputStream(part);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        add(zip, HASH, kata.hash().getBytes(StandardCharsets.UTF_8));
        for (ClassBytes type : kata.contract()) {
          add(zip, CONTRACT + type.name(), type.bytes());
        }
        for (ClassBytes type : kata.hidden()) {
          add(zip, HIDDEN + type.name(), type.bytes());
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes an archive that can be done without: on a full or read-only disk there will be none. */
  static void tryWrite(CompiledKata kata, Path file) {
    try {
      write(kata, file);
    } catch (IOException e) {
      // The next run compiles again.
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
