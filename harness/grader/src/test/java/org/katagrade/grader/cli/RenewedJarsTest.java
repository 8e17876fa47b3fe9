package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RenewedJarsTest {

  private static final int FIRST_WITH_STACK_MAPS = 50;

  @TempDir Path folder;

  @Test
  void classesOfJavaFiveGetStackMapsAndStillWork() throws Exception {
    Path jar = copy(CommandLine.class, "picocli-any.jar");
    List<String> names = names(jar);
    assertThat(oldClasses(jar)).isNotEmpty();

    RenewedJars.renew(folder);

    assertThat(oldClasses(jar)).isEmpty();
    assertThat(names(jar)).isEqualTo(names);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(CommandLine.class.getName());
      Object line = type.getConstructor(Object.class).newInstance(new Object[] {emptySpec(loader)});
      assertThat((String) type.getMethod("getUsageMessage").invoke(line)).contains("Usage:");
    }
  }

  @Test
  void whatIsNewStaysAsItIs() throws Exception {
    Path jar = copy(CommandLine.class, "picocli-any.jar");
    Path other = copy(Test.class, "junit.jar");
    byte[] otherBytes = Files.readAllBytes(other);
    RenewedJars.renew(folder);
    byte[] once = Files.readAllBytes(jar);

    RenewedJars.renew(folder);

    assertThat(Files.readAllBytes(jar)).isEqualTo(once);
    assertThat(Files.readAllBytes(other)).isEqualTo(otherBytes);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(jar, other);
    }
  }

  /** Who installs the grader is not always who uses it. */
  @Test
  void whoMightReadItMayStill() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path jar = copy(CommandLine.class, "picocli-any.jar");
    Set<PosixFilePermission> everybody = PosixFilePermissions.fromString("rw-r--r--");
    Files.setPosixFilePermissions(jar, everybody);

    RenewedJars.renew(folder);

    assertThat(oldClasses(jar)).isEmpty();
    assertThat(Files.getPosixFilePermissions(jar)).isEqualTo(everybody);
  }

  private static Object emptySpec(ClassLoader loader) throws ReflectiveOperationException {
    return loader
        .loadClass("picocli.CommandLine$Model$CommandSpec")
        .getMethod("create")
        .invoke(null);
  }

  private Path copy(Class<?> ofLibrary, String name) throws Exception {
    Path library = Path.of(ofLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.copy(library, folder.resolve(name));
  }

  private static List<String> names(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }

  private static List<String> oldClasses(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().endsWith(".class"))
          .filter(entry -> version(file, entry) < FIRST_WITH_STACK_MAPS)
          .map(ZipEntry::getName)
          .toList();
    }
  }

  private static int version(ZipFile file, ZipEntry entry) {
    try (var in = file.getInputStream(entry)) {
      return ByteBuffer.wrap(in.readNBytes(8)).getShort(6);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
