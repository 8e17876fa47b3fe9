package org.katagrade.grader.surface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.katagrade.checks.wire.ClassBytes;

/** Finds class files by the names of classes. Nothing is loaded. Not safe for use by threads. */
final class Types {

  /** Whose a class is. */
  enum Origin {
    SUBMISSION,
    CONTRACT,
    LIBRARY,
    JDK
  }

  /** A class file, and whose it is. */
  record Type(Origin origin, ClassModel model) {

    String name() {
      return model.thisClass().asInternalName().replace('/', '.');
    }
  }

  /** No class of the JDK's changes while this runs. */
  private static final Map<String, Optional<Type>> JDK = new ConcurrentHashMap<>();

  private final Map<String, Type> known = new HashMap<>();
  private final List<Path> libraries;

  Types(List<ClassModel> theirs, List<ClassBytes> contract, List<Path> libraries) {
    this.libraries = List.copyOf(libraries);
    contract.forEach(type -> know(Origin.CONTRACT, ClassFile.of().parse(type.bytes())));
    theirs.forEach(type -> know(Origin.SUBMISSION, type));
  }

  private void know(Origin origin, ClassModel model) {
    Type type = new Type(origin, model);
    known.put(type.name(), type);
  }

  /** The class of this binary name, if there is one that a submission could see. */
  Optional<Type> find(String name) {
    Type found = known.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    Optional<Type> ofJdk = JDK.computeIfAbsent(name, Types::ofJdk);
    return ofJdk.isPresent() ? ofJdk : ofLibrary(name);
  }

  private static Optional<Type> ofJdk(String name) {
    try (InputStream file =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(fileOf(name))) {
      return file == null ? Optional.empty() : Optional.of(read(Origin.JDK, file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the JDK's " + name, e);
    }
  }

  private Optional<Type> ofLibrary(String name) {
    for (Path library : libraries) {
      try (ZipFile jar = new ZipFile(library.toFile())) {
        ZipEntry entry = jar.getEntry(fileOf(name));
        if (entry != null) {
          Type type = read(Origin.LIBRARY, jar.getInputStream(entry));
          known.put(name, type);
          return Optional.of(type);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + library, e);
      }
    }
    return Optional.empty();
  }

  private static Type read(Origin origin, InputStream file) throws IOException {
    return new Type(origin, ClassFile.of().parse(file.readAllBytes()));
  }

  private static String fileOf(String name) {
    return name.replace('.', '/') + ".class";
  }
}
