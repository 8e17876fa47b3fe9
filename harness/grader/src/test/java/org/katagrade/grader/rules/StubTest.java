package org.katagrade.grader.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.Compiler;
import org.katagrade.grader.grade.TestCourse;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.Sources;

final class StubTest {

  private static final Path KATAS = Path.of("../../katas");

  @TestFactory
  Stream<DynamicTest> theStubOfEveryKata() throws IOException {
    return Course.in(KATAS).katas().stream()
        .map(
            kata ->
                DynamicTest.dynamicTest(
                    kata.id(), () -> assertThat(isStub(kata, kata.folder())).isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> noReference() throws IOException {
    return Course.in(KATAS).katas().stream()
        .map(
            kata ->
                DynamicTest.dynamicTest(
                    kata.id(), () -> assertThat(isStub(kata, kata.reference())).isFalse()));
  }

  @Test
  void aMethodThatDoesAnythingElseIsWork() {
    assertThat(isStub("int a() { throw new UnsupportedOperationException(); }")).isTrue();
    assertThat(isStub("int a() { return 0; }")).isFalse();
    assertThat(isStub("void a() { throw new IllegalStateException(); }")).isFalse();
    assertThat(
            isStub("int a() { return 0; } int b() { throw new UnsupportedOperationException(); }"))
        .isFalse();
    assertThat(
            isStub(
                "void a(int i) { if (i > 0) return; throw new UnsupportedOperationException(); }"))
        .isFalse();
    assertThat(isStub("")).isFalse();
  }

  private static boolean isStub(String members) {
    return Stub.isAllOf(
        Compiled.solution("package kata01; public final class Solution { %s }".formatted(members)));
  }

  private static boolean isStub(Kata kata, Path folder) throws IOException {
    CompiledKata compiled = TestCourse.compiler().compile(kata);
    return Stub.isAllOf(
        Compiler.compile(Sources.submission(folder).sources(), compiled.contract(), List.of())
            .classes());
  }
}
