package org.katagrade.grader.rules;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.katagrade.checks.evidence.Frame;

/** Calls of certain methods, references to them included. */
final class CallsTo implements Pattern {

  private final Predicate<AccessTarget> target;

  private CallsTo(Predicate<AccessTarget> target) {
    this.target = target;
  }

  /** Calls of methods with these names on a class or one that extends it. */
  static CallsTo of(Class<?> owner, Set<String> names) {
    return new CallsTo(
        target -> names.contains(target.getName()) && target.getOwner().isAssignableTo(owner));
  }

  /** Calls of methods with these names and no parameters on a class or one that extends it. */
  static CallsTo withoutParameters(Class<?> owner, Set<String> names) {
    return new CallsTo(
        target ->
            names.contains(target.getName())
                && target.getOwner().isAssignableTo(owner)
                && ((AccessTarget.CodeUnitAccessTarget) target).getRawParameterTypes().isEmpty());
  }

  /** Calls that match one or the other. */
  static Pattern either(Pattern one, Pattern other) {
    return submission -> {
      List<Frame> places = new ArrayList<>(one.places(submission));
      places.addAll(other.places(submission));
      return places;
    };
  }

  @Override
  public List<Frame> places(Submission submission) {
    List<Frame> places = new ArrayList<>();
    rule()
        .evaluate(submission.classes())
        .<JavaAccess<?>>handleViolations(
            (accesses, message) -> accesses.forEach(access -> places.add(place(access))));
    return places;
  }

  /** A new one each time: a condition of ArchUnit may remember things while it is evaluated. */
  private ArchRule rule() {
    return noClasses()
        .should(
            accessTargetWhere(
                DescribedPredicate.describe(
                    "the target is one of these",
                    (JavaAccess<?> access) ->
                        access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget
                            && target.test(access.getTarget()))))
        .allowEmptyShould(true);
  }

  private static Frame place(JavaAccess<?> access) {
    return new Frame(
        access.getOriginOwner().getName(),
        access.getOrigin().getName(),
        access.getSourceCodeLocation().getSourceFileName(),
        access.getLineNumber());
  }
}
