package org.katagrade.grader.rules;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.wire.ClassBytes;

/** The outline that a submission must have for the hidden checks to use it. */
public final class Shape {

  private final String kata;
  private final String solution;
  private final Map<String, ClassModel> ours;
  private final Demands demands;

  private Shape(String kata, List<ClassBytes> ours) {
    this.kata = kata;
    this.solution = kata + ".Solution";
    this.ours = parse(ours);
    this.demands = Demands.of(ClassDesc.of(solution), ours);
  }

  /**
   * The shape that these classes of ours expect.
   *
   * @param kata the kata's package
   * @param ours contract and hidden checks
   */
  public static Shape expectedBy(String kata, List<ClassBytes> ours) {
    return new Shape(kata, ours);
  }

  /** Names of the types that the solution has to be, as they are written. */
  public List<String> types() {
    return demands.types().stream().sorted().map(Shape::written).toList();
  }

  /** What is wrong with a submission, in the order in which to repair it; empty if nothing. */
  public List<ShapeDefect> defects(List<ClassBytes> theirs) {
    Map<String, ClassModel> types = parse(theirs);
    List<ShapeDefect> defects = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          if (ours.containsKey(name)) {
            defects.add(defect(type, "expected no type of yours named %s: that is given", name));
          } else if (!name.startsWith(kata + ".")) {
            defects.add(
                defect(
                    type, "expected every type in package %s, but found %s", kata, written(name)));
          }
        });
    ClassModel type = types.get(solution);
    if (type == null) {
      defects.add(
          new ShapeDefect(
              "expected a class %s, but there is no type of that name".formatted(solution), null));
    } else if (defects.isEmpty()) {
      checkKind(type, defects);
      if (defects.isEmpty()) {
        checkMembers(type, new Family(types, ours), defects);
      }
    }
    return List.copyOf(defects);
  }

  private void checkKind(ClassModel type, List<ShapeDefect> defects) {
    if (!type.flags().has(AccessFlag.PUBLIC)) {
      defects.add(defect(type, "expected Solution to be public, but it is not"));
    }
    if (type.flags().has(AccessFlag.INTERFACE)) {
      defects.add(defect(type, "expected Solution to be a class, but it is an interface"));
    } else if (type.flags().has(AccessFlag.ENUM)) {
      defects.add(defect(type, "expected Solution to be a class, but it is an enum"));
    } else if (type.flags().has(AccessFlag.ABSTRACT)) {
      defects.add(
          defect(type, "expected Solution to be a class to create objects of, but it is abstract"));
    }
  }

  private void checkMembers(ClassModel type, Family family, List<ShapeDefect> defects) {
    demands.types().stream()
        .sorted()
        .filter(expected -> !family.isA(type, expected))
        .forEach(
            expected ->
                defects.add(
                    defect(
                        type, "expected Solution to be a %s, but it is not", written(expected))));
    for (String descriptor : demands.constructors().stream().sorted().toList()) {
      if (!hasConstructor(type, descriptor)) {
        defects.add(
            defect(
                type,
                "expected a constructor public %s, but found %s",
                signature("Solution", descriptor),
                constructors(type)));
      }
    }
    demands.methods().stream()
        .filter(method -> !family.hasMethod(type, method))
        .map(method -> signature(method.name(), method.descriptor()))
        .sorted()
        .forEach(
            method ->
                defects.add(
                    defect(type, "expected a method public %s, but there is none", method)));
  }

  private static boolean hasConstructor(ClassModel type, String descriptor) {
    return type.methods().stream()
        .anyMatch(
            method ->
                method.methodName().equalsString("<init>")
                    && method.methodType().equalsString(descriptor)
                    && method.flags().has(AccessFlag.PUBLIC));
  }

  private static String constructors(ClassModel type) {
    return type.methods().stream()
        .filter(method -> method.methodName().equalsString("<init>"))
        .map(Shape::declaration)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String declaration(MethodModel constructor) {
    String access =
        constructor.flags().flags().stream()
            .filter(Set.of(AccessFlag.PUBLIC, AccessFlag.PROTECTED, AccessFlag.PRIVATE)::contains)
            .map(flag -> flag.name().toLowerCase(Locale.ROOT) + " ")
            .collect(Collectors.joining());
    return access + signature("Solution", constructor.methodType().stringValue());
  }

  private static String signature(String name, String descriptor) {
    return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
        .map(parameter -> written(parameter.displayName()))
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  private static String written(String binaryName) {
    return binaryName.replace('$', '.');
  }

  private static ShapeDefect defect(ClassModel type, String sentence, Object... names) {
    return new ShapeDefect(sentence.formatted(names), place(type));
  }

  private static Frame place(ClassModel type) {
    String name = type.thisClass().asInternalName().replace('/', '.');
    @Nullable String file =
        type.findAttribute(Attributes.sourceFile())
            .map(source -> source.sourceFile().stringValue())
            .orElse(null);
    return new Frame(name, "<class>", file, firstLine(type));
  }

  private static int firstLine(ClassModel type) {
    Set<Integer> lines = new HashSet<>();
    for (MethodModel method : type.methods()) {
      method
          .code()
          .ifPresent(
              code -> {
                for (CodeElement element : code) {
                  if (element instanceof LineNumber line) {
                    lines.add(line.line());
                  }
                }
              });
    }
    return lines.stream().mapToInt(Integer::intValue).min().orElse(-1);
  }

  private static Map<String, ClassModel> parse(List<ClassBytes> classes) {
    Map<String, ClassModel> types = new LinkedHashMap<>();
    classes.forEach(type -> types.put(type.name(), ClassFile.of().parse(type.bytes())));
    return types;
  }
}
