package org.katagrade.grader.kata;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Check;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;
import org.katagrade.checks.wire.ClassBytes;

/** Reads the declared checks out of class files, so that nothing is loaded. */
public final class CheckReader {

  private static final ClassDesc GRADED = desc(Graded.class);
  private static final ClassDesc CHECK = desc(Check.class);
  private static final ClassDesc EXPLORED = desc(Explored.class);
  private static final String LINEARIZABILITY = Linearizability.class.getName().replace('.', '/');

  /** The method that keeps Lincheck out. */
  private static final String EXPLORED_ONLY = "explored";

  private CheckReader() {}

  /** Finds the one class annotated with {@link Graded}. */
  public static DeclaredChecks read(List<ClassBytes> classes) {
    List<DeclaredChecks> found =
        classes.stream()
            .map(type -> ClassFile.of().parse(type.bytes()))
            .flatMap(model -> read(model).stream())
            .toList();
    if (found.size() != 1) {
      throw new UsageException(
          "expected one class annotated with @Graded among the hidden checks, but found "
              + found.size());
    }
    return found.getFirst();
  }

  private static Optional<DeclaredChecks> read(ClassModel model) {
    Optional<Annotation> graded =
        model
            .findAttribute(Attributes.runtimeVisibleAnnotations())
            .flatMap(all -> find(all.annotations(), GRADED));
    return graded.map(
        annotation -> {
          List<DeclaredCheck> checks = new ArrayList<>();
          for (MethodModel method : model.methods()) {
            annotations(method)
                .flatMap(all -> find(all, CHECK))
                .ifPresent(check -> checks.add(declared(method, check)));
          }
          return new DeclaredChecks(
              model.thisClass().asInternalName().replace('/', '.'),
              number(annotation, "race", 0),
              number(annotation, "rules", 0),
              strings(annotation, "forbidden"),
              strings(annotation, "allowed"),
              checks);
        });
  }

  private static DeclaredCheck declared(MethodModel method, Annotation check) {
    boolean explored = annotations(method).flatMap(all -> find(all, EXPLORED)).isPresent();
    List<String> calls = callsOfLinearizability(method);
    return new DeclaredCheck(
        method.methodName().stringValue(),
        text(check, "title"),
        number(check, "points", 0),
        text(check, "hint"),
        strings(check, "needs"),
        value(check, "bonus") instanceof AnnotationValue.OfBoolean flag && flag.booleanValue(),
        !calls.isEmpty() && !calls.contains(EXPLORED_ONLY),
        explored);
  }

  private static List<String> callsOfLinearizability(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(InvokeInstruction.class::isInstance)
        .map(InvokeInstruction.class::cast)
        .filter(call -> call.owner().asInternalName().equals(LINEARIZABILITY))
        .map(call -> call.name().stringValue())
        .toList();
  }

  private static Optional<List<Annotation>> annotations(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(RuntimeVisibleAnnotationsAttribute::annotations);
  }

  private static Optional<Annotation> find(List<Annotation> annotations, ClassDesc type) {
    return annotations.stream().filter(a -> a.classSymbol().equals(type)).findFirst();
  }

  private static @Nullable AnnotationValue value(Annotation annotation, String name) {
    return annotation.elements().stream()
        .filter(element -> element.name().equalsString(name))
        .map(AnnotationElement::value)
        .findFirst()
        .orElse(null);
  }

  private static int number(Annotation annotation, String name, int otherwise) {
    return value(annotation, name) instanceof AnnotationValue.OfInt number
        ? number.intValue()
        : otherwise;
  }

  private static String text(Annotation annotation, String name) {
    return value(annotation, name) instanceof AnnotationValue.OfString text
        ? text.stringValue()
        : "";
  }

  private static List<String> strings(Annotation annotation, String name) {
    Stream<AnnotationValue> values =
        value(annotation, name) instanceof AnnotationValue.OfArray array
            ? array.values().stream()
            : Stream.empty();
    return values.map(each -> ((AnnotationValue.OfString) each).stringValue()).toList();
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.of(type.getName());
  }
}
