package org.katagrade.grader.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.katagrade.grader.fork.Isolation;

/** What is promised of each level, seen from inside; a level that is not here is passed over. */
final class SandboxTest {

  private static final String SECRET = "SECRET_OF_THE_GRADER";

  @TempDir private Path folder;

  /** What a script inside wrote to the channel. */
  private String inside(Level level, String script, Path... readable) throws Exception {
    Process process = start(level, script, readable);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  private Process start(Level level, String script, Path... readable) throws Exception {
    assumeTrue(level.compareTo(Isolation.best().level()) <= 0, () -> lacks(level));
    Sandbox sandbox = Sandbox.of(Host.here(), level);
    ProcessBuilder builder =
        new ProcessBuilder(
            sandbox.around(
                List.of("/bin/sh", "-c", "exec 1>/dev/fd/3 2>&1; " + script),
                folder,
                List.of(readable),
                List.of()));
    builder.directory(folder.toFile());
    builder.environment().put(SECRET, "unseen");
    return builder.start();
  }

  private static String lacks(Level level) {
    try {
      return level + ": " + String.join("; ", Isolation.best().lacks());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINER", "FULL"})
  void nothingOfTheSystemsFilesIsThere(Level level) throws Exception {
    Path given = Files.writeString(folder.resolveSibling("given.txt"), "given");
    Path other = Files.writeString(folder.resolveSibling("other.txt"), "other");

    assertThat(inside(level, "cat /etc/passwd; ls /root /home /work")).doesNotContain("root:");
    assertThat(inside(level, "cat " + given, given)).isEqualTo("given");
    assertThat(inside(level, "cat " + other, given)).doesNotContain("other\n").contains("No such");
    Files.delete(given);
    Files.delete(other);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINER", "FULL"})
  void nothingCanBeWrittenButAFewFilesInMemory(Level level) throws Exception {
    Path given = Files.writeString(folder.resolveSibling("kept.txt"), "kept");

    assertThat(inside(level, "echo x > /usr/bin/x || echo not")).endsWith("not");
    assertThat(inside(level, "echo x > /x || echo not")).endsWith("not");
    assertThat(inside(level, "echo x > %s || echo not".formatted(given), given)).endsWith("not");
    assertThat(inside(level, "echo some > here && cat here")).isEqualTo("some");
    assertThat(inside(level, "head -c 100000000 /dev/zero > here && echo all"))
        .doesNotContain("all");
    assertThat(folder.resolve("here")).doesNotExist();
    assertThat(given).hasContent("kept");
    Files.delete(given);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINER", "FULL"})
  void thereIsNoNetworkAndNobodyElse(Level level) throws Exception {
    long grader = ProcessHandle.current().pid();

    assertThat(inside(level, "tail -n +3 /proc/net/dev").lines())
        .allMatch(device -> device.strip().startsWith("lo:"));
    assertThat(inside(level, "kill -0 %d || echo nobody".formatted(grader))).endsWith("nobody");
    assertThat(inside(level, "ls -d /proc/[0-9]*").lines()).hasSizeLessThan(8);
    assertThat(inside(level, "env")).doesNotContain(SECRET).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void theFullOneIsNobodyAndMayDoNothing() throws Exception {
    assertThat(inside(Level.FULL, "id -u")).isNotEqualTo("0");
    String status = inside(Level.FULL, "cat /proc/self/status");
    for (String capabilities : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(status).containsPattern(capabilities + ":\\s*0000000000000000\n");
    }
    assertThat(status).containsPattern("NoNewPrivs:\\s*1\n").containsPattern("Seccomp:\\s*2\n");
    assertThat(inside(Level.FULL, "unshare --user true && echo entered")).doesNotContain("entered");
    assertThat(inside(Level.FULL, "cat /proc/self/limits"))
        .containsPattern("Max processes\\s+4096\\s+4096")
        .containsPattern("Max data size\\s+4294967296")
        .containsPattern("Max core file size\\s+0\\s+0");
  }

  /** Two children of a grader that root runs are not the same nobody. */
  @Test
  void underRootEachIsAnotherNobody() throws Exception {
    assumeTrue(Host.here().isRoot());

    assertThat(inside(Level.FULL, "id -u")).isNotEqualTo(inside(Level.FULL, "id -u"));
  }

  @ParameterizedTest
  @EnumSource
  void exitCodesAreThoseFromInside(Level level) throws Exception {
    assumeTrue(Sandbox.none().channel() != null);

    assertThat(start(level, "exit 7").waitFor()).isEqualTo(7);
    assertThat(start(level, "kill -9 $$").waitFor()).isEqualTo(137);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsInsideIsKnownAndEndsWithWhatWasStarted(Level level) throws Exception {
    assumeTrue(Sandbox.none().channel() != null);
    Process started = start(level, "echo here; exec sleep 1000");
    assertThat(started.inputReader().readLine()).isEqualTo("here");
    ProcessHandle inside = Sandbox.of(Host.here(), level).inside(started.toHandle()).orElseThrow();

    started.destroyForcibly();

    inside.onExit().get(60, TimeUnit.SECONDS);
    assertThat(inside.isAlive()).isFalse();
  }

  @Test
  void whatThisMachineLacksIsSaid() throws Exception {
    Host here = Host.here();
    assumeTrue(here.shell() != null && Files.exists(Path.of("/proc/self/ns")));
    Path some = Path.of("/usr/bin/env");

    Sandbox none = best(with(here, null, some, some, Optional.of(new byte[0])), "");
    Sandbox blocked =
        best(with(here, some, some, some, Optional.of(new byte[0])), "no permissions");
    Sandbox unknown = best(with(here, some, some, some, Optional.empty()), "");

    assertThat(none.level()).isEqualTo(Level.JVM);
    assertThat(none.lacks())
        .containsExactly(
            "level 3: bubblewrap is not installed", "level 2: bubblewrap is not installed");
    assertThat(blocked.level()).isEqualTo(Level.JVM);
    assertThat(blocked.lacks())
        .containsExactly("level 3: no permissions", "level 2: no permissions");
    assertThat(unknown.level()).isEqualTo(Level.CONTAINER);
    assertThat(unknown.lacks())
        .containsExactly("level 3: no filter of system calls is known for this processor");
  }

  private static Host with(
      Host here, @Nullable Path bubblewrap, Path setpriv, Path prlimit, Optional<byte[]> filter) {
    return new Host(
        here.isRoot(), here.shell(), bubblewrap, setpriv, prlimit, filter, here.system());
  }

  private static Sandbox best(Host host, String failure) throws InterruptedException {
    return Sandbox.best(
        host, Level.FULL, any -> failure.isEmpty() ? Optional.empty() : Optional.of(failure));
  }

  @Test
  void noMoreIsTakenThanIsWanted() throws Exception {
    Sandbox found = Sandbox.best(Level.JVM, any -> Optional.empty());

    assertThat(found.level()).isEqualTo(Level.JVM);
    assertThat(found.lacks())
        .containsExactly("level 3: it is not wanted here", "level 2: it is not wanted here");
  }

  /** Tried as the grader tries it. */
  @Test
  void oneThatDoesNotWorkIsNotTaken() throws Exception {
    Host here = Host.here();
    assumeTrue(here.shell() != null && Files.exists(Path.of("/proc/self/ns")));
    Path broken = script("echo 'setting up uid map: Permission denied' >&2; exit 1");

    Sandbox found =
        Sandbox.best(
            with(here, broken, broken, broken, Optional.of(new byte[0])),
            Level.FULL,
            Isolation::failure);

    assertThat(found.level()).isEqualTo(Level.JVM);
    assertThat(found.lacks()).first().asString().contains("uid map: Permission denied");
  }

  private Path script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n" + text + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
