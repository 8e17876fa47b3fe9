package org.katagrade.grader.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.classfile.ClassFile;
import java.util.List;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.rules.bytecode.Code;

/**
 * A student's classes as the rules see them.
 *
 * @param classes ArchUnit's model: who uses whom
 * @param methods their instructions: in which order
 * @param calls who calls whom among them
 */
record Submission(JavaClasses classes, List<Code> methods, Calls calls) {

  Submission {
    methods = List.copyOf(methods);
  }

  static Submission of(List<ClassBytes> classes) {
    ClassFile format = ClassFile.of();
    List<Code> methods =
        classes.stream().flatMap(type -> Code.of(format.parse(type.bytes())).stream()).toList();
    return new Submission(Import.of(classes), methods, new Calls(methods));
  }
}
