package org.katagrade.grader.rules;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.katagrade.checks.evidence.Frame;

/**
 * Fields that everybody can see and change.
 *
 * <p>Bytecode does not know where a field is declared. The place is where its own class first uses
 * it: the declaration, if it is given a value there.
 */
final class PublicMutableFields implements Pattern {

  @Override
  public List<Frame> places(Submission submission) {
    List<Frame> places = new ArrayList<>();
    rule()
        .evaluate(submission.classes())
        .<JavaField>handleViolations(
            (found, message) -> found.forEach(field -> places.add(place(field))));
    return places;
  }

  private static ArchRule rule() {
    return fields()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe("everybody can see", PublicMutableFields::isOpen))
        .should(haveModifier(FINAL))
        .allowEmptyShould(true);
  }

  private static boolean isOpen(JavaClass type) {
    Optional<JavaClass> around = type.getEnclosingClass();
    return type.getModifiers().contains(PUBLIC)
        && around.map(PublicMutableFields::isOpen).orElse(true);
  }

  private static Frame place(JavaField field) {
    JavaClass owner = field.getOwner();
    int line =
        field.getAccessesToSelf().stream()
            .filter(access -> access.getOriginOwner().equals(owner))
            .mapToInt(JavaAccess::getLineNumber)
            .min()
            .orElse(-1);
    String file = owner.getSource().flatMap(source -> source.getFileName()).orElse(null);
    return new Frame(owner.getName(), field.getName(), file, line);
  }
}
