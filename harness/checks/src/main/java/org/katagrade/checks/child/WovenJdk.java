package org.katagrade.checks.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.checks.wire.Codec;

/**
 * Classes of the JDK as Lincheck weaves into them, kept from one child to the next: at its first
 * check it weaves into some sixty that have to do with method handles and class loaders, a
 * twentieth of the child's processor time.
 *
 * <p>Kept are those in which it only marks methods as none of its business. Where it weaves in
 * more, it numbers the places, and the numbers of one JVM mean nothing in another.
 */
public final class WovenJdk {

  private static final String PROPERTY = "grade.woven";

  private static final String INJECTIONS = "sun/nio/ch/lincheck/Injections";
  private static final Set<String> NUMBERLESS =
      Set.of("enterIgnoredSection", "leaveIgnoredSection");

  /** What stands in the file; public since it is read by reflection. */
  public record Kept(List<ClassBytes> classes) {

    public Kept {
      classes = List.copyOf(classes);
    }
  }

  private WovenJdk() {}

  /** The option by which a child is told of the file. */
  public static String option(Path file) {
    return "-D" + PROPERTY + "=" + file;
  }

  /** Has Lincheck weave into what it always does, and writes the file that is named first. */
  public static void main(String[] args) throws IOException {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(1)
        .threads(1)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .logLevel(LoggingLevel.OFF)
        .check(Nothing.class);
    List<ClassBytes> classes = new ArrayList<>();
    LincheckSetup.woven()
        .forEach(
            (name, bytes) -> {
              if (isOfTheJdk(name) && isNumberless(bytes)) {
                classes.add(new ClassBytes(name, bytes));
              }
            });
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(args[0]))))) {
      Codec.write(out, Kept.class, new Kept(classes));
    }
  }

  /** Gives Lincheck the classes of the file, if there is one; called before the first check. */
  static void recall() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
      if (Codec.read(in, Kept.class) instanceof Kept(List<ClassBytes> classes)) {
        classes.forEach(type -> LincheckSetup.woven().put(type.name(), type.bytes()));
      }
    } catch (IOException e) {
      // Lincheck weaves them itself, which costs time and nothing else.
    }
  }

  private static boolean isOfTheJdk(String name) {
    return name.startsWith("java.") || name.startsWith("jdk.");
  }

  private static boolean isNumberless(byte[] bytes) {
    return StreamSupport.stream(ClassFile.of().parse(bytes).constantPool().spliterator(), false)
        .filter(MemberRefEntry.class::isInstance)
        .map(MemberRefEntry.class::cast)
        .filter(member -> member.owner().asInternalName().equals(INJECTIONS))
        .allMatch(member -> NUMBERLESS.contains(member.name().stringValue()));
  }

  /** Operations to check that cannot fail. */
  public static final class Nothing {

    public Nothing() {}

    @Operation
    public void happens() {}
  }
}
