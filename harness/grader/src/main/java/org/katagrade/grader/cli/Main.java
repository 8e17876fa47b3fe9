package org.katagrade.grader.cli;

import java.nio.file.Path;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.grade.*;
import org.katagrade.grader.kata.*;
import org.katagrade.grader.prove.*;

public final class Main {
  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("grade.root"));
    Jvm jvm =
        new Jvm(
            Path.of(System.getProperty("java.home")),
            root.resolve("harness/grader/target/dist/lib"),
            java.util.List.of(),
            null);
    var course = Course.in(Path.of(System.getProperty("grade.katas")));
    var compiler = new KataCompiler(jvm.checkJars(), root.resolve("harness/grader/target/cache"));
    var grader = new Grader(jvm, compiler, "dev");
    if (args[0].equals("prove")) {
      var listener =
          new ProveListener() {
            @Override
            public void groundProven(Kata kata, java.util.List<String> faults) {
              System.out.println("ground: " + faults);
            }

            @Override
            public void judged(Kata kata, Proof.Fate f) {
              System.out.println(
                  (f.caught() ? "caught   " : "SURVIVES ")
                      + f.check()
                      + "/"
                      + f.verdict()
                      + "/"
                      + f.mistake()
                      + " "
                      + f.verdicts()
                      + " "
                      + f.millis()
                      + " ms");
            }
          };
      long t = System.nanoTime();
      boolean long_ = args.length > 2;
      var kata = course.find(args[1]);
      var p =
          new Prover(grader, compiler)
              .prove(kata, long_ ? ProveOptions.thorough(2) : ProveOptions.build(2), listener);
      p.faults().forEach(f -> System.out.println("FAULT " + f));
      System.out.println(
          (p.holds() ? "HOLDS " : "DOES NOT HOLD ")
              + p.caught()
              + " caught, "
              + p.waiting()
              + " waiting, "
              + (System.nanoTime() - t) / 1000000
              + " ms");
      if (long_) KillMatrix.write(kata, p);
      System.exit(0);
    }
    var kata = course.find(args[0]);
    var g =
        grader.grade(
            kata,
            args.length > 1 ? Path.of(args[1]) : kata.folder(),
            GradeOptions.usual(),
            new GradeListener() {});
    for (var p : g.rejected()) System.out.println(p);
    for (var c : g.checks()) {
      String s = c.toString();
      System.out.println(s.substring(0, Math.min(3000, s.length())));
    }
    g.advice().forEach(System.out::println);
    System.out.println(g.score() + " of " + g.most() + " " + g.timing());
    System.exit(0);
  }
}
