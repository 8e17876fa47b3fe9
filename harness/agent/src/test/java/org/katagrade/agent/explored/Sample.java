package org.katagrade.agent.explored;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.katagrade.agent.explore.Ending;
import org.katagrade.agent.explore.Program;

/**
 * One program of the corpus and how it may end.
 *
 * @param endings the names of the bad endings that it may have; none if it is right
 */
public record Sample(Method method, Set<String> endings) {

  private static final String PACKAGE = "org.katagrade.explored";

  public Sample {
    endings = new TreeSet<>(endings);
  }

  @Override
  public String toString() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /** All programs of the corpus, sorted by their names. */
  public static List<Sample> all() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Class<?> type : classes()) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(
              method ->
                  method.isAnnotationPresent(Sound.class)
                      || method.isAnnotationPresent(Broken.class))
          .map(Sample::of)
          .sorted(Comparator.comparing(Sample::toString))
          .forEach(samples::add);
    }
    return samples;
  }

  /** A bad program of this name. */
  static Sample of(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName(PACKAGE + ".BadPrograms");
    return new Sample(type.getDeclaredMethod(name, Fork.class), Set.of());
  }

  /** The folder of the tests' classes. */
  static Path root() throws IOException {
    try {
      return Path.of(Sample.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static List<Class<?>> classes() throws IOException {
    Path root = root();
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(PACKAGE.replace('.', '/')))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.contains("$") && !name.equals("package-info")) {
          classes.add(Class.forName(PACKAGE + "." + name));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
    return classes;
  }

  private static Sample of(Method method) {
    Broken broken = method.getAnnotation(Broken.class);
    if (broken == null) {
      return new Sample(method, Set.of());
    }
    if (method.isAnnotationPresent(Sound.class) || broken.value().length == 0) {
      throw new IllegalStateException(method + " is either sound, or broken in some way");
    }
    return new Sample(
        method,
        Arrays.stream(broken.value()).map(Class::getSimpleName).collect(Collectors.toSet()));
  }

  boolean isSound() {
    return endings.isEmpty();
  }

  /** Whether it ends badly in some schedule though nobody looks for races. */
  boolean isBroken() {
    return !isSound() && !races();
  }

  /** Whether the race detector has something to say of it. */
  boolean races() {
    return endings.contains(Ending.Raced.class.getSimpleName());
  }

  /** Whether it can be run on real threads. */
  boolean endsSoon() {
    return isSound() && !method.getAnnotation(Sound.class).takesHours();
  }

  /** The program as it is explored, or run for real. */
  Program with(Fork fork) {
    try {
      MethodHandle handle =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
              .unreflect(method);
      return () -> {
        Object unused = (Object) handle.invoke(fork);
      };
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
