package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent alone, on programs in a JVM of their own, as its README says. */
class AgentIT {

  @TempDir Path folder;

  @Test
  void tellsOfARaceAndExitsAsGoDoes() throws Exception {
    Launch end = Launch.with("", compiled("Racy"), "Racy");

    assertThat(end.code()).isEqualTo(66);
    assertThat(end.text())
        .contains("WARNING: DATA RACE")
        .contains("of Racy.value by thread 'main'\n    at Racy.main(Racy.java:8)")
        .contains("of Racy.value by thread 'writer'\n    at Racy.lambda$main$0(Racy.java:6)")
        .contains("Neither side holds a lock")
        .contains("done true")
        .contains("Found 1 data race");
  }

  @Test
  void leavesTheProgramsExitCodeIfAsked() throws Exception {
    Launch end = Launch.with("=exit=0", compiled("Racy"), "Racy", "one", "two", "three");

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.text()).contains("WARNING: DATA RACE");
  }

  @Test
  void isSilentAboutOtherPackages() throws Exception {
    Launch end = Launch.with("=packages=com.acme", compiled("Racy"), "Racy");

    assertThat(end.code()).isZero();
    assertThat(end.text()).contains("done true").doesNotContain("RACE");
  }

  @Test
  void writesToAFile() throws Exception {
    Path report = folder.resolve("races.txt");

    Launch end = Launch.with("=report=" + report, compiled("Racy"), "Racy");

    assertThat(end.code()).isEqualTo(66);
    assertThat(end.text()).doesNotContain("WARNING: DATA RACE");
    assertThat(report).content().contains("WARNING: DATA RACE", "Found 1 data race");
  }

  @Test
  void findsTheSameWithNoise() throws Exception {
    assertThat(Launch.with("=noise=2,seed=7", compiled("Racy"), "Racy").code()).isEqualTo(66);
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    Launch end = Launch.with("=loud", compiled("Racy"), "Racy");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.text()).contains("unknown option 'loud'").doesNotContain("done");
  }

  @Test
  void leavesOldClassFilesAlone() throws Exception {
    Path classes = made("Old", ClassFile.JAVA_4_VERSION, 0);

    Launch end = Launch.with("=verbose", classes, "Old");

    assertThat(end.code()).isZero();
    assertThat(end.text())
        .contains("left alone: Old: its class file is of version 48")
        .contains("hello");
  }

  @Test
  void doesNotMakeAMethodTooLong() throws Exception {
    Path classes = made("Endless", ClassFile.latestMajorVersion(), 7_000);

    Launch end = Launch.with("=verbose", classes, "Endless");

    assertThat(end.text()).isEqualTo("hello\n");
    assertThat(end.code()).isZero();
  }

  @Test
  void changesNothingThatAProgramCanSee() throws Exception {
    Path classes = compiled("Everything");

    Launch without = Launch.plain(classes, "Everything");
    Launch with = Launch.with("=exit=0", classes, "Everything");

    assertThat(without.code()).isZero();
    assertThat(without.text()).contains("circle 2[a, b]", "NullPointerException");
    assertThat(with).isEqualTo(without);
  }

  /** The JVM interprets a method for ever if it might leave with a monitor locked. */
  @Test
  void staysCompilable() throws Exception {
    String classes = compiled("Hot").toString();

    Launch end =
        Launch.java(
            List.of(Launch.agent(""), "-XX:+PrintCompilation", "-Xbatch", "-cp", classes),
            List.of("Hot"));

    assertThat(end.code()).isZero();
    assertThat(end.text())
        .contains("value ", "Hot::simple", "Hot::nested", "Hot::loop", "Hot::caught")
        .doesNotContain("COMPILE SKIPPED");
  }

  @Test
  void changesNothingThatAnUnusualProgramCanSee() throws Exception {
    Path classes = compiled("Unusual");

    Launch without = Launch.plain(classes, "Unusual");
    Launch with = Launch.with("=exit=0", classes, "Unusual");

    assertThat(without.code()).isEqualTo(3);
    assertThat(without.text())
        .contains("block overflowed", "method overflowed", "last words")
        .doesNotContain("wrong");
    // Stacks that overflow may do so in the detector, which says so in one line and goes on.
    assertThat(with.text().replaceAll("(?m)^race detector: .*StackOverflowError.*\n", ""))
        .isEqualTo(without.text());
    assertThat(with.code()).isEqualTo(without.code());
  }

  private Path compiled(String program) throws IOException {
    return Launch.compiled(program, folder);
  }

  /** A class whose main method adds to a field so often, and then says hello. */
  private Path made(String name, int version, int additions) throws IOException {
    ClassDesc type = ClassDesc.of(name);
    ClassDesc print = ClassDesc.of("java.io.PrintStream");
    byte[] bytes =
        ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
            .build(
                type,
                builder ->
                    builder
                        .withVersion(version, 0)
                        .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                        .withField("sum", ConstantDescs.CD_int, ClassFile.ACC_STATIC)
                        .withMethodBody(
                            "main",
                            MethodTypeDesc.of(
                                ConstantDescs.CD_void, ConstantDescs.CD_String.arrayType()),
                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                            code -> {
                              for (int i = 0; i < additions; i++) {
                                code.getstatic(type, "sum", ConstantDescs.CD_int)
                                    .iconst_1()
                                    .iadd()
                                    .putstatic(type, "sum", ConstantDescs.CD_int);
                              }
                              code.getstatic(ClassDesc.of("java.lang.System"), "out", print)
                                  .ldc("hello")
                                  .invokevirtual(
                                      print,
                                      "println",
                                      MethodTypeDesc.of(
                                          ConstantDescs.CD_void, ConstantDescs.CD_String))
                                  .return_();
                            }));
    Path classes = Files.createDirectories(folder.resolve("made"));
    Files.write(classes.resolve(name + ".class"), bytes);
    return classes;
  }
}
