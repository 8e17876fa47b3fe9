package org.katagrade.grader.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.katagrade.grader.fork.Isolation;
import org.katagrade.grader.sandbox.Level;
import org.katagrade.grader.sandbox.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grade doctor}: what this machine offers to run other people's code in. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = "Says how well work is kept from this machine, and how to get more.")
final class DoctorCommand implements Callable<Integer> {

  private static final List<String> HOW =
      List.of(
          "Debian, Ubuntu:  apt-get install bubblewrap util-linux",
          "Fedora:          dnf install bubblewrap util-linux",
          "Ubuntu 24.04 keeps programs of unprivileged users from namespaces by AppArmor, unless a",
          "profile in /etc/apparmor.d/bwrap allows them to /usr/bin/bwrap (userns,), or for all:",
          "                 sysctl kernel.apparmor_restrict_unprivileged_userns=0",
          "In a container:  namespaces have to be allowed to it, with Docker by",
          "                 --security-opt seccomp=unconfined --security-opt apparmor=unconfined",
          "macOS, Windows:  only level 1; grade in a virtual machine with Linux.");

  private final Surroundings surroundings;

  @Mixin private final HelpOption help = new HelpOption();

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = surroundings.out();
    Sandbox best = Isolation.best();
    out.printf("katagrade %s, Java %s%n", Installation.version(), Runtime.version());
    out.printf(
        "%d processors, %s%n",
        Runtime.getRuntime().availableProcessors(),
        surroundings.installation().archive() == null ? "no fast starts" : "fast starts");
    out.println();
    for (Level level : Level.values()) {
      boolean reached = level.compareTo(best.level()) <= 0;
      out.printf(
          "sandbox level %d  %s  %s%n", level.number(), reached ? "yes" : "no ", level.words());
    }
    if (best.level() != Level.FULL) {
      out.println();
      best.lacks().forEach(out::println);
      out.println();
      HOW.forEach(out::println);
    }
    return ExitCode.FULL;
  }
}
