package org.katagrade.grader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.launcher.LauncherTree.Run;

/** The shell script that students start, on machines that are not as they should be. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LauncherTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int USAGE = 2;
  private static final String MAIN = "<org.katagrade.grader.cli.Main>";

  @TempDir private Path folder;

  private LauncherTree tree;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
    tree = new LauncherTree(folder);
  }

  @AfterEach
  void endAll() {
    if (tree != null) {
      tree.endAll();
    }
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    Run run = tree.withMaven().run("list");
    assertFails(run, "there is no JDK 25", "Install one", "Temurin 25", "set JAVA_HOME");
    assertThat(tree.calls()).isEmpty();
    assertThat(tree.target()).doesNotExist();
  }

  @Test
  void aJdkThatIsTooOldIsNamed() throws Exception {
    Path old = tree.jdk("old", "21.0.2");
    tree.with("JAVA_HOME", old).with("GRADE_JAVA_HOME", old);
    assertFails(tree.withMaven().run("list"), "there is no JDK 25", "(it is now " + old + ")");
    assertThat(tree.calls()).isEmpty();
  }

  @Test
  void anOldJavaOnThePathIsNotUsed() throws Exception {
    Path old = tree.jdk("old", "21.0.2");
    LauncherTree.script(
        tree.tools().resolve("java"), "#!/bin/sh\necho '    java.home = " + old + "' >&2\n");
    assertFails(tree.withMaven().run("list"), "there is no JDK 25");
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
    Files.delete(tree.jdk("runtime", "25.0.1").resolve("bin/javac"));
    assertFails(tree.withMaven().run("list"), "there is no JDK 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24", "26-ea", "250", "2.5", "1.8.0_25", ""})
  void anotherVersionWillNotDo(String version) throws Exception {
    tree.with("JAVA_HOME", tree.jdk("other", version));
    assertFails(tree.withMaven().run("list"), "there is no JDK 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.1", "25-ea", "25+36"})
  void aJdk25IsFoundPastAnOldOne(String version) throws Exception {
    tree.with("JAVA_HOME", tree.jdk("an old one", "21.0.2"));
    Path wanted = tree.jdk("the right one", version);
    assertThat(tree.withMaven().run("list").code()).isZero();
    assertThat(tree.calls()).first().isEqualTo("mvn JAVA_HOME=" + wanted);
  }

  @Test
  void theJdkOfTheJavaOnThePathIsUsed() throws Exception {
    Path elsewhere = folder.resolve("elsewhere").toAbsolutePath();
    Files.move(tree.jdk("on the path", "25.0.1"), elsewhere);
    LauncherTree.script(
        tree.tools().resolve("java"), "#!/bin/sh\necho '    java.home = " + elsewhere + "' >&2\n");
    assertThat(tree.withMaven().run("list").code()).isZero();
    assertThat(tree.calls()).first().isEqualTo("mvn JAVA_HOME=" + elsewhere);
  }

  @Test
  void whatMavenSaysComesWithoutCodesForColours() throws Exception {
    Run run = tree.withJdk25().withMaven().with("MAVEN_SAYS", "a library is old").run("list");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("\na library is old\n").doesNotContain("\u001b");
  }

  @Test
  void aBuildThatFailsSaysWhatMavenSaid() throws Exception {
    tree.withJdk25().withMaven().with("MAVEN_SAYS", "no such thing").with("MAVEN_CODE", 1);
    assertFails(tree.run("list"), "no such thing", "the build failed");
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    assertFails(tree.withJdk25().run("list"), "Maven is not on the PATH", "Install Maven 3.9");
    assertThat(tree.calls()).isEmpty();
    assertUnlocked();
  }

  @Test
  void onceBuiltItNeedsNoMaven() throws Exception {
    assertThat(tree.withJdk25().withMaven().run("list").code()).isZero();
    Files.delete(tree.tools().resolve("mvn"));
    Run run = tree.run("list");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void whatWasSavedIsBuiltAndOnlyOnce() throws Exception {
    tree.withJdk25().withMaven().run("list");
    // As if all sources had been saved since, the folders that hold them too.
    Files.setLastModifiedTime(tree.target().resolve("dist/built"), FileTime.fromMillis(0));
    assertThat(tree.run("list").code()).isZero();
    assertThat(tree.builds()).isEqualTo(2);
    assertThat(tree.run("list").code()).isZero();
    assertThat(tree.builds()).isEqualTo(2);
  }

  @Test
  void aBuildThatFailsIsAnErrorAndTriedAgain() throws Exception {
    tree.withJdk25().withMaven();
    assertFails(tree.with("MAVEN_CODE", 1).run("list"), "the build failed");
    assertUnlocked();
    assertThat(tree.calls()).noneMatch(call -> call.contains(MAIN));
    assertThat(tree.with("MAVEN_CODE", 0).run("list").code()).isZero();
    assertThat(tree.builds()).isEqualTo(2);
  }

  @Test
  void wordsAndExitCodePassUnchanged() throws Exception {
    Run run =
        tree.withJdk25()
            .withMaven()
            .with("JAVA_CODE", 3)
            .run("kata-04", "my work", "", "*", "$HOME", "-x");
    assertThat(run.code()).isEqualTo(3);
    assertThat(lastCall()).endsWith(MAIN + " <kata-04> <my work> <> <*> <$HOME> <-x>");
    assertThat(lastCall()).contains("<-Dgrade.root=" + tree.root() + ">");
    assertThat(lastCall())
        .contains("<-Dgrade.library=" + tree.target().resolve("dist/lib") + ">")
        .contains("<" + jar("grader.jar") + ":" + jar("other.jar") + ">");
  }

  @Test
  void withoutALocaleTheJvmStillReadsPathsThatAreNotAscii() throws Exception {
    tree.withJdk25().withMaven().run("list");
    assertThat(lastCall()).contains("LC_ALL=C.UTF-8 ").contains("<-Dstdout.encoding=US-ASCII>");
    tree.with("LANG", "de_DE.UTF-8").run("list");
    assertThat(lastCall()).contains("LC_ALL= ").doesNotContain("-Dstdout.encoding");
    tree.with("LC_ALL", "POSIX").run("list");
    assertThat(lastCall()).contains("LC_ALL=C.UTF-8 ");
  }

  @Test
  void aJdkOfGitHubsRunnersIsFoundWhateverJavaHomeIs() throws Exception {
    Path jdk = tree.jdk("elsewhere", "25.0.2");
    tree.withMaven()
        .with("GRADE_JDKS", folder.resolve("none"))
        .with("JAVA_HOME", tree.jdk("old", "17.0.1"))
        .with("JAVA_HOME_25_X64", jdk + "/");
    assertThat(tree.run("list").code()).isZero();
    assertThat(lastCall()).contains(MAIN + " <list>");
  }

  @Test
  void itStartsThroughLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("some bin")).toRealPath();
    Files.createSymbolicLink(bin.resolve("absolute"), tree.launcher());
    Files.createSymbolicLink(bin.resolve("relative"), bin.relativize(tree.launcher()));
    Files.createSymbolicLink(bin.resolve("chain"), Path.of("relative"));
    Path linked = Files.createSymbolicLink(folder.resolve("linked tree"), tree.root());
    tree.withJdk25().withMaven();
    for (String name : List.of("absolute", "relative", "chain")) {
      assertThat(tree.run("built").code()).isZero();
      assertStartsHere(tree.runIn(folder, bin.resolve(name).toString(), name), name);
      assertStartsHere(tree.runIn(bin, "./" + name, name), name);
    }
    assertStartsHere(tree.runIn(folder, linked.resolve("grade").toString(), "x"), "x");
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void itStartsFromAnywhere() throws Exception {
    tree.withJdk25().withMaven().with("CDPATH", folder);
    assertStartsHere(tree.runIn(tree.root(), "./grade", "one"), "one");
    assertStartsHere(tree.runIn(tree.root().resolve("harness"), "../grade", "two"), "two");
    assertStartsHere(tree.runIn(Path.of("/"), tree.launcher().toString(), "three"), "three");
    assertStartsHere(tree.runIn(tree.root(), "/bin/sh", "grade", "four"), "four");
    tree.with("PATH", tree.tools() + ":" + tree.root());
    assertStartsHere(tree.runIn(folder, "/bin/sh", "-c", "grade five"), "five");
  }

  @Test
  void aTreeThatWasMovedStillStarts() throws Exception {
    tree.withJdk25().withMaven().run("list");
    Path moved = Files.move(tree.root(), folder.resolve("moved to")).toRealPath();
    assertThat(tree.runIn(folder, moved.resolve("grade").toString(), "list").code()).isZero();
    assertThat(lastCall())
        .contains("<-Dgrade.root=" + moved + ">")
        .doesNotContain(tree.root().toString());
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void oneOfTwoAtOnceBuildsAndTheOtherWaits() throws Exception {
    Path leave = folder.resolve("leave").toAbsolutePath();
    tree.withJdk25().withMaven().with("MAVEN_WAITS_FOR", leave);
    Process first = tree.start(folder, tree.launcher().toString(), "first");
    await("the build").atMost(LIMIT).until(() -> tree.builds() == 1);
    Process second = tree.start(folder, tree.launcher().toString(), "second");
    // It says one line, that it waits, and only then may the build go on.
    assertThat(second.errorReader().readLine()).contains("waiting for another grader");
    Files.createFile(leave);
    assertThat(LauncherTree.ended(first).code()).isZero();
    assertThat(LauncherTree.ended(second).code()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
    assertThat(tree.calls())
        .filteredOn(call -> call.endsWith("<first>") || call.endsWith("<second>"))
        .hasSize(2);
    assertUnlocked();
  }

  @Test
  void theLockOfADeadBuilderIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("/bin/sh", "-c", ":").start();
    dead.waitFor();
    LauncherTree.write(tree.target().resolve("grade.lock/pid"), dead.pid() + "\n");
    assertThat(tree.withJdk25().withMaven().run("list").code()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
    assertUnlocked();
  }

  @Test
  void aLockOfNobodyIsTakenOverInTheEnd() throws Exception {
    Files.createDirectories(tree.target().resolve("grade.lock"));
    LauncherTree.script(tree.tools().resolve("sleep"), "#!/bin/sh\n");
    assertThat(tree.withJdk25().withMaven().run("list").code()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
    assertUnlocked();
  }

  @Test
  void aTargetThatCannotBeMadeIsAnError() throws Exception {
    LauncherTree.write(tree.target(), "a file where a folder should be");
    Run run = tree.withJdk25().withMaven().run("list");
    assertFails(run, "the grader has to be built", tree.root() + " cannot be written to");
    assertThat(tree.calls()).isEmpty();
    assertThat(tree.target()).hasContent("a file where a folder should be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dist", "dist.mark/folder"})
  void aDistributionThatCannotBeWrittenIsAnError(String inTheWay) throws Exception {
    LauncherTree.write(tree.target().resolve(inTheWay), "in the way");
    Run run = tree.withJdk25().withMaven().run("list");
    assertFails(run, "cannot write to " + tree.target().resolve("dist"));
    assertThat(tree.calls()).isEmpty();
    assertUnlocked();
  }

  @Test
  void aBuiltTreeThatIsReadOnlyStillStarts() throws Exception {
    tree.withJdk25().withMaven().run("list");
    Files.delete(tree.target().resolve("dist/grader.classpath"));
    Path harness = tree.root().resolve("harness");
    setWritable(harness, false);
    try {
      Run run = asNobodySpecial("list");
      assertThat(run).isEqualTo(new Run(0, "", ""));
    } finally {
      setWritable(harness, true);
    }
    assertThat(lastCall()).contains("<" + jar("grader.jar") + ":" + jar("other.jar") + ">");
  }

  @Test
  void aHandoutIsNeverBuilt() throws Exception {
    LauncherTree.write(tree.root().resolve("grader/lib/grader.jar"), "");
    Files.move(tree.root().resolve("harness"), folder.resolve("harness"));
    assertThat(tree.withJdk25().withMaven().run("list").code()).isZero();
    assertThat(tree.builds()).isZero();
    assertThat(lastCall()).contains("<" + tree.root().resolve("grader/lib/grader.jar") + ">");
  }

  private void assertStartsHere(Run run, String word) {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(lastCall())
        .contains("<-Dgrade.root=" + tree.root() + ">")
        .endsWith(MAIN + " <" + word + ">");
  }

  private static void assertFails(Run run, String... words) {
    assertThat(run.err()).startsWith("grade: ").contains(words).doesNotContain("create");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(USAGE);
  }

  private void assertUnlocked() {
    assertThat(tree.target().resolve("grade.lock")).doesNotExist();
  }

  private String lastCall() {
    return tree.calls().getLast();
  }

  private Path jar(String name) {
    return tree.target().resolve("dist/lib").resolve(name);
  }

  /** Runs the launcher without the right of root to write where nobody may. */
  private Run asNobodySpecial(String word) throws Exception {
    Path probe = tree.target().resolve("dist/probe");
    if (!isWritten(List.of("/bin/sh"), probe)) {
      return tree.run(word);
    }
    Files.delete(probe);
    Path tool = Path.of("/usr/bin/setpriv");
    assumeTrue(Files.isExecutable(tool), "root can write anywhere, and there is no setpriv");
    String less = "--bounding-set=-dac_override,-dac_read_search,-fowner";
    assumeTrue(
        !isWritten(List.of(tool.toString(), less, "/bin/sh"), probe), "root can write anywhere");
    return tree.runIn(folder, tool.toString(), less, tree.launcher().toString(), word);
  }

  private static boolean isWritten(List<String> shell, Path probe) throws Exception {
    List<String> command =
        Stream.concat(shell.stream(), Stream.of("-c", ": > \"$0\"", probe.toString())).toList();
    new ProcessBuilder(command).start().waitFor();
    return Files.exists(probe);
  }

  private static void setWritable(Path folder, boolean writable) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(
            each, PosixFilePermissions.fromString(writable ? "rwxr-xr-x" : "r-xr-xr-x"));
      }
    }
  }
}
