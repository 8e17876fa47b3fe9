package org.katagrade.grader.cli;

import java.nio.file.Path;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.grade.*;
import org.katagrade.grader.kata.Course;

public final class Main {
  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("grade.root"));
    Jvm jvm = new Jvm(Path.of(System.getProperty("java.home")), root.resolve("harness/grader/target/dist/lib"), java.util.List.of(), null);
    var course = Course.in(Path.of(System.getProperty("grade.katas")));
    var kata = course.find(args[0]);
    var grader = new Grader(jvm, new KataCompiler(jvm.checkJars(), root.resolve("harness/grader/target/cache")), "dev");
    var g = grader.grade(kata, args.length > 1 ? Path.of(args[1]) : kata.folder(), GradeOptions.usual(), new GradeListener() {});
    for (var p : g.rejected()) System.out.println(p);
    for (var c : g.checks()) System.out.println(c);
    System.out.println(g.score() + " of " + g.most() + " " + g.timing());
    System.exit(0);
  }
}
