package org.katagrade.grader.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AllowListTest {

  /** What leads out of a submission or into what grades it, by the beginnings of type names. */
  private static final List<String> CAPABILITIES =
      List.of(
          "java.io.File",
          "java.io.Console",
          "java.io.ObjectInput",
          "java.io.ObjectOutput",
          "java.io.RandomAccessFile",
          "java.lang.ClassLoader",
          "java.lang.Module",
          "java.lang.Package",
          "java.lang.Process",
          "java.lang.StackTraceElement",
          "java.lang.StackWalker",
          "java.lang.ThreadGroup",
          "java.lang.foreign.",
          "java.lang.invoke.CallSite",
          "java.lang.invoke.MethodHandle;",
          "java.lang.reflect.",
          "java.net.",
          "java.nio.channels.",
          "java.nio.file.",
          "java.security.Provider",
          "java.util.ResourceBundle",
          "java.util.ServiceLoader",
          "java.util.jar.",
          "java.util.logging.",
          "jdk.",
          "sun.");

  private final AllowList list = AllowList.parse(text("allowed.txt"));

  @Test
  void namesClassesThatThereAre() {
    assertThat(list.grants()).hasSizeGreaterThan(400);
    for (AllowList.Grant grant : list.grants()) {
      assertThat(grant.why()).as(grant.type()).isNotBlank();
      assertThat(type(grant)).as(grant.type()).isNotNull();
    }
  }

  @Test
  void namesMembersThatThereAre() {
    List<String> unknown = new ArrayList<>();
    for (AllowList.Grant grant : list.grants()) {
      Set<String> there = new TreeSet<>();
      members(type(grant))
          .forEach(
              member -> {
                there.add(member.listed());
                there.add(member.listedExactly());
              });
      grant.members().stream()
          .filter(name -> !there.contains(name))
          .forEach(name -> unknown.add(grant.type() + ": " + name));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void doesNotSayTheSameTwice() {
    List<String> twice =
        list.grants().stream()
            .filter(grant -> grant.all() && grant.members().isEmpty())
            .map(AllowList.Grant::type)
            .filter(type -> list.grants().stream().filter(g -> g.type().equals(type)).count() > 1)
            .toList();
    assertThat(twice).isEmpty();
  }

  /** Such a class is where its public subclasses' members are declared. */
  @Test
  void hasTheHiddenParentsOfClassesThatItHas() {
    Set<String> missing = new TreeSet<>();
    for (AllowList.Grant grant : list.grants()) {
      Class<?> parent = type(grant).getSuperclass();
      boolean whole = grant.all() && !grant.bootstrap();
      if (whole
          && parent != null
          && !Modifier.isPublic(parent.getModifiers())
          && Stream.of(parent.getDeclaredMethods())
              .anyMatch(method -> Modifier.isPublic(method.getModifiers()))
          && !list.knows(parent.getName())) {
        missing.add(parent.getName());
      }
    }
    assertThat(missing).isEmpty();
  }

  /** A whole class is on the list only if nothing of it hands out or takes what leads elsewhere. */
  @Test
  void handsOutNothingThatLeadsElsewhere() {
    Set<String> found = new TreeSet<>();
    for (AllowList.Grant grant : list.grants()) {
      if (grant.bootstrap()) {
        continue;
      }
      members(type(grant)).filter(list::allows).forEach(member -> collect(member, found));
    }
    assertThat(found).isEmpty();
  }

  private static void collect(Member member, Set<String> found) {
    String named = member.descriptor().replace('/', '.');
    for (String capability : CAPABILITIES) {
      if (named.contains("L" + capability)) {
        found.add(member.written() + " " + named);
      }
    }
  }

  @Test
  void linesThatCannotBeReadAreNotSkipped() {
    assertThatThrownBy(() -> AllowList.parse("some java.lang.String"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AllowList.parse("only Thread start"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AllowList.parse("most Thread: start"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void overloadsAreToldApart() {
    AllowList overloads =
        AllowList.parse("why not\npackage p\nonly A: get(int, String), set\nmost B: not run()");
    assertThat(overloads.allows(new Member("p.A", "get", "(ILjava/lang/String;)V"))).isTrue();
    assertThat(overloads.allows(new Member("p.A", "get", "(I)V"))).isFalse();
    assertThat(overloads.allows(new Member("p.A", "set", "(I)V"))).isTrue();
    assertThat(overloads.allows(new Member("p.A", "settle", "(I)V"))).isFalse();
    assertThat(overloads.allows(new Member("p.B", "run", "()V"))).isFalse();
    assertThat(overloads.allows(new Member("p.B", "run", "(I)V"))).isTrue();
    assertThat(overloads.allows(new Member("p.C", "run", "(I)V"))).isFalse();
  }

  @Test
  void aKataAddsToIt() {
    AllowList wider =
        list.and(List.of("java.net.URI", "java.net.http.*", "java.lang.System#getenv"), "a test");
    assertThat(wider.knows("java.net.URI")).isTrue();
    assertThat(wider.knows("java.net.http.HttpClient")).isTrue();
    assertThat(wider.knows("java.net.httpx.HttpClient")).isFalse();
    assertThat(wider.knows("java.net.URL")).isFalse();
    Member getenv = new Member("java.lang.System", "getenv", "()Ljava/util/Map;");
    assertThat(wider.allows(getenv)).isTrue();
    assertThat(list.allows(getenv)).isFalse();
    assertThat(wider.allows(new Member("java.lang.System", "load", "(Ljava/lang/String;)V")))
        .isFalse();
  }

  private static Class<?> type(AllowList.Grant grant) {
    try {
      return Class.forName(grant.type(), false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("there is no class " + grant.type(), e);
    }
  }

  /** What programs other than the JDK can name. */
  private static Stream<Member> members(Class<?> type) {
    return Stream.of(
            Stream.of(type.getDeclaredConstructors()),
            Stream.of(type.getDeclaredMethods()),
            Stream.of(type.getDeclaredFields()))
        .<AnnotatedElement>flatMap(members -> members)
        .filter(member -> isOpen(((java.lang.reflect.Member) member).getModifiers()))
        .map(AllowListTest::member);
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Member member(AnnotatedElement element) {
    return switch (element) {
      case Constructor<?> made ->
          new Member(made.getDeclaringClass().getName(), "<init>", descriptor(made, void.class));
      case Method method ->
          new Member(
              method.getDeclaringClass().getName(),
              method.getName(),
              descriptor(method, method.getReturnType()));
      case Field field ->
          new Member(
              field.getDeclaringClass().getName(),
              field.getName(),
              field.getType().descriptorString());
      default -> throw new AssertionError(element);
    };
  }

  private static String descriptor(Executable executable, Class<?> result) {
    StringBuilder text = new StringBuilder("(");
    Stream.of(executable.getParameterTypes()).map(Class::descriptorString).forEach(text::append);
    return text.append(")").append(result.descriptorString()).toString();
  }

  private static String text(String resource) {
    try (InputStream in = Surface.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
