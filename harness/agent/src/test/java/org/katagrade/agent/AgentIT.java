package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent alone, on programs in a JVM of their own, as its README says. */
class AgentIT {

  private static final Path PROGRAMS = Path.of("src/test/resources/programs");

  @TempDir Path folder;

  /** What a program printed, on both streams, and its exit code. */
  private record End(int code, String text) {}

  @Test
  void tellsOfARaceAndExitsAsGoDoes() throws Exception {
    End end = run("", compiled("Racy"), "Racy");

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
    End end = run("=exit=0", compiled("Racy"), "Racy", "one", "two", "three");

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.text()).contains("WARNING: DATA RACE");
  }

  @Test
  void isSilentAboutOtherPackages() throws Exception {
    End end = run("=packages=com.acme", compiled("Racy"), "Racy");

    assertThat(end.code()).isZero();
    assertThat(end.text()).contains("done true").doesNotContain("RACE");
  }

  @Test
  void writesToAFile() throws Exception {
    Path report = folder.resolve("races.txt");

    End end = run("=report=" + report, compiled("Racy"), "Racy");

    assertThat(end.code()).isEqualTo(66);
    assertThat(end.text()).doesNotContain("WARNING: DATA RACE");
    assertThat(report).content().contains("WARNING: DATA RACE", "Found 1 data race");
  }

  @Test
  void findsTheSameWithNoise() throws Exception {
    assertThat(run("=noise=2,seed=7", compiled("Racy"), "Racy").code()).isEqualTo(66);
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    End end = run("=loud", compiled("Racy"), "Racy");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.text()).contains("unknown option 'loud'").doesNotContain("done");
  }

  @Test
  void leavesOldClassFilesAlone() throws Exception {
    Path classes = made("Old", ClassFile.JAVA_4_VERSION, 0);

    End end = run("=verbose", classes, "Old");

    assertThat(end.code()).isZero();
    assertThat(end.text())
        .contains("left alone: Old: its class file is of version 48")
        .contains("hello");
  }

  @Test
  void doesNotMakeAMethodTooLong() throws Exception {
    Path classes = made("Endless", ClassFile.latestMajorVersion(), 7_000);

    End end = run("=verbose", classes, "Endless");

    assertThat(end.text()).isEqualTo("hello\n");
    assertThat(end.code()).isZero();
  }

  @Test
  void changesNothingThatAProgramCanSee() throws Exception {
    Path classes = compiled("Everything");

    End without = java(List.of(), classes, "Everything");
    End with = run("=exit=0", classes, "Everything");

    assertThat(without.code()).isZero();
    assertThat(without.text()).contains("circle 2[a, b]", "NullPointerException");
    assertThat(with).isEqualTo(without);
  }

  /** The JVM interprets a method for ever if it might leave with a monitor locked. */
  @Test
  void staysCompilable() throws Exception {
    Path classes = compiled("Hot");
    String jar = System.getProperty("agent.jar");

    End end =
        java(List.of("-javaagent:" + jar, "-XX:+PrintCompilation", "-Xbatch"), classes, "Hot");

    assertThat(end.code()).isZero();
    assertThat(end.text())
        .contains("value ", "Hot::simple", "Hot::nested", "Hot::loop", "Hot::caught")
        .doesNotContain("COMPILE SKIPPED");
  }

  private Path compiled(String program) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-g",
                "-d",
                classes.toString(),
                PROGRAMS.resolve(program + ".java").toString());
    assertThat(failed).isZero();
    return classes;
  }

  private static End run(String options, Path classes, String... main)
      throws IOException, InterruptedException {
    return java(List.of("-javaagent:" + System.getProperty("agent.jar") + options), classes, main);
  }

  private static End java(List<String> agent, Path classes, String... main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Without this the JVM says that class-data sharing is limited now.
    command.add("-Xshare:off");
    command.addAll(agent);
    command.addAll(List.of("-cp", classes.toString()));
    command.addAll(List.of(main));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new End(process.exitValue(), text);
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
