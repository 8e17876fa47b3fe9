package org.katagrade.grader.rules;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.compile.Problem;
public final class Shape { private Shape() {}
 public static List<Problem> check(List<ClassBytes> theirs, List<ClassBytes> contract, List<ClassBytes> hidden) { return List.of(); } }
