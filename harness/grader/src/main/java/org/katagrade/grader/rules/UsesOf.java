package org.katagrade.grader.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.SourceCodeLocation;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.katagrade.checks.evidence.Frame;

/**
 * Uses of a class that a kata forbids, or of those of a package.
 *
 * <p>A field, a superclass, a call, a method reference, a class literal: ArchUnit calls each a
 * dependency. Each source file is told once, at the first line that has a number. Casts, and types
 * of local variables that nothing is called on, are not seen; they get nobody anywhere.
 *
 * @param name binary name of a class, nested ones included, or a package followed by {@code .*}
 */
record UsesOf(String name) implements Pattern {

  @Override
  public List<Frame> places(Submission submission) {
    List<Dependency> uses = new ArrayList<>();
    classes()
        .should(notUseIt())
        .allowEmptyShould(true)
        .evaluate(submission.classes())
        .<Dependency>handleViolations((found, message) -> uses.addAll(found));
    uses.sort(Comparator.comparingInt(use -> lineOrLast(use.getSourceCodeLocation())));
    Map<String, Frame> firsts = new LinkedHashMap<>();
    for (Dependency use : uses) {
      SourceCodeLocation place = use.getSourceCodeLocation();
      firsts.putIfAbsent(place.getSourceFileName(), frame(use, place));
    }
    return List.copyOf(firsts.values());
  }

  private ArchCondition<JavaClass> notUseIt() {
    return new ArchCondition<>("not use " + name) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency use : type.getDirectDependenciesFromSelf()) {
          if (matches(use.getTargetClass().getBaseComponentType().getName())) {
            events.add(SimpleConditionEvent.violated(use, use.getDescription()));
          }
        }
      }
    };
  }

  private boolean matches(String type) {
    if (name.endsWith(".*")) {
      int dot = type.lastIndexOf('.');
      return dot >= 0 && type.substring(0, dot).equals(name.substring(0, name.length() - 2));
    }
    return type.equals(name) || type.startsWith(name + "$");
  }

  private static int lineOrLast(SourceCodeLocation place) {
    return place.getLineNumber() > 0 ? place.getLineNumber() : Integer.MAX_VALUE;
  }

  private static Frame frame(Dependency use, SourceCodeLocation place) {
    int line = place.getLineNumber() > 0 ? place.getLineNumber() : -1;
    return new Frame(use.getOriginClass().getName(), "<class>", place.getSourceFileName(), line);
  }
}
