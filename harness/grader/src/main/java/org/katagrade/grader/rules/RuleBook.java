package org.katagrade.grader.rules;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;
public final class RuleBook { private RuleBook() {}
 public static List<Breach> check(List<ClassBytes> theirs, List<ClassBytes> contract, List<String> forbidden) { return List.of(); } }
