package org.katagrade.grader.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Sources;
import org.katagrade.grader.kata.UsageException;

/**
 * Compiles contracts and hidden checks, and keeps the result until a source changes.
 *
 * <p>Hidden checks are compiled against the reference solution, never against a submission, so that
 * nothing a submission declares can change what they do. A handout has no sources and brings the
 * result along.
 */
public final class KataCompiler {

  private final List<Path> jars;
  private final Path cache;

  /**
   * A compiler.
   *
   * @param jars what hidden checks may use: the vocabulary and its libraries
   * @param cache a folder for results, made if need be; one that cannot be written is done without
   */
  public KataCompiler(List<Path> jars, Path cache) {
    this.jars = List.copyOf(jars);
    this.cache = cache;
  }

  /** The kata's classes, from sources or from what a handout brings. */
  public CompiledKata compile(Kata kata) throws IOException {
    if (Files.exists(kata.compiledChecks())) {
      return KataArchive.read(kata.compiledChecks());
    }
    List<SourceFile> contract = Sources.ours(kata.contract(), "");
    List<SourceFile> hidden =
        Files.isDirectory(kata.hidden()) ? Sources.ours(kata.hidden(), "mutants") : List.of();
    if (hidden.isEmpty()) {
      throw new UsageException(
          "%s has no checks yet: there is no source in %s".formatted(kata.id(), kata.hidden()));
    }
    if (!Files.isDirectory(kata.reference())) {
      throw new UsageException(
          "%s has no reference solution, which its checks are compiled against: no folder %s"
              .formatted(kata.id(), kata.reference()));
    }
    List<SourceFile> reference = Sources.submission(kata.reference()).sources();
    String hash = hash(List.of(contract, hidden, reference));
    Path file = cache.resolve(kata.id() + "-" + hash + "-" + environment() + ".zip");
    if (Files.exists(file)) {
      return KataArchive.read(file);
    }
    CompiledKata compiled = compile(kata, contract, hidden, reference, hash);
    KataArchive.tryWrite(compiled, file);
    return compiled;
  }

  private CompiledKata compile(
      Kata kata,
      List<SourceFile> contract,
      List<SourceFile> hidden,
      List<SourceFile> reference,
      String hash)
      throws IOException {
    List<ClassBytes> contractTypes = compile(kata, contract, List.of(), List.of());
    List<ClassBytes> known = new ArrayList<>(contractTypes);
    known.addAll(compile(kata, reference, contractTypes, List.of()));
    return new CompiledKata(contractTypes, compile(kata, hidden, known, jars), hash);
  }

  private static List<ClassBytes> compile(
      Kata kata, List<SourceFile> sources, List<ClassBytes> known, List<Path> jars)
      throws IOException {
    Compilation compilation = Compiler.compile(sources, known, jars);
    if (compilation.failed()) {
      Problem first = compilation.errors().getFirst();
      throw new IOException(
          "the kata %s itself does not compile: %s:%d: %s"
              .formatted(kata.id(), first.path(), first.line(), first.message()));
    }
    return compilation.classes();
  }

  /** What cached classes depend on besides the kata's sources. */
  private String environment() throws IOException {
    MessageDigest digest = sha256();
    digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
    for (Path jar : jars) {
      digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(String.valueOf(Files.size(jar)).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 4);
  }

  private static String hash(List<List<SourceFile>> groups) {
    MessageDigest digest = sha256();
    for (List<SourceFile> group : groups) {
      for (SourceFile source : group) {
        digest.update(source.path().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(source.text().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      digest.update((byte) 1);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
