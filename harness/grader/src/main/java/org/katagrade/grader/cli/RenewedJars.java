package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings libraries that were compiled for Java 5 up to date: an archive of loaded classes takes
 * none without stack maps, and to verify them at each start takes longer than to run them. A class
 * that cannot be brought up to date stays what it is.
 *
 * <p>A main program of its own, since a jar that is in use cannot be replaced everywhere.
 */
final class RenewedJars {

  /** Of those that come so, what the grader itself loads at each start. */
  private static final List<String> OLD = List.of("picocli-", "archunit-");

  private final ClassFile writer;

  private RenewedJars(ClassLoader libraries) {
    writer =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.DeadCodeOption.PATCH_DEAD_CODE,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(libraries)
                    .orElse(
                        ClassHierarchyResolver.ofResourceParsing(
                            ClassLoader.getPlatformClassLoader()))));
  }

  /**
   * Renews what needs it.
   *
   * @param args the folder of the libraries
   */
  public static void main(String[] args) throws IOException {
    renew(Path.of(args[0]));
  }

  static void renew(Path folder) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
      if (OLD.stream().anyMatch(jar.getFileName().toString()::startsWith)) {
        renew(jar, jars);
      }
    }
  }

  private static void renew(Path jar, List<Path> libraries) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path library : libraries) {
      urls.add(url(library));
    }
    Path part = jar.resolveSibling(jar.getFileName() + ".part");
    try {
      boolean changed;
      try (URLClassLoader loader =
              new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
          ZipFile old = new ZipFile(jar.toFile());
          OutputStream out = Files.newOutputStream(part);
          ZipOutputStream renewed = new ZipOutputStream(out)) {
        changed = new RenewedJars(loader).copy(old, renewed);
      }
      if (changed) {
        if (Files.getFileStore(jar).supportsFileAttributeView(PosixFileAttributeView.class)) {
          Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(jar));
        }
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  /** Copies a jar; returns whether the copy differs. */
  private boolean copy(ZipFile old, ZipOutputStream renewed) throws IOException {
    boolean changed = false;
    for (ZipEntry entry : old.stream().toList()) {
      byte[] bytes = old.getInputStream(entry).readAllBytes();
      byte[] written = entry.getName().endsWith(".class") ? renewed(bytes) : bytes;
      changed |= written != bytes;
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTime(entry.getTime());
      renewed.putNextEntry(copy);
      renewed.write(written);
      renewed.closeEntry();
    }
    return changed;
  }

  /** A class file with stack maps; the same if it has them. */
  private byte[] renewed(byte[] bytes) {
    int version = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(6));
    if (version >= ClassFile.JAVA_6_VERSION) {
      return bytes;
    }
    try {
      return writer.transformClass(
          writer.parse(bytes),
          ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
              .andThen(
                  ClassTransform.endHandler(
                      builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
    } catch (IllegalArgumentException e) {
      return bytes; // it calls what is not there, or is older than that
    }
  }
}
