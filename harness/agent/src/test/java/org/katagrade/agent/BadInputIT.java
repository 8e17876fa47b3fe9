package org.katagrade.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that no compiler writes, and places where classes are not looked for. */
class BadInputIT {

  private static final ClassDesc MADE = ClassDesc.of("Made");
  private static final ClassDesc PRINT = ClassDesc.of("java.io.PrintStream");
  private static final MethodTypeDesc MAIN = MethodTypeDesc.of(CD_void, CD_String.arrayType());
  private static final int STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;

  @TempDir Path folder;

  @Test
  void aClassFileTooNewIsTheJvmsToRefuse() throws Exception {
    Path classes = made(builder -> builder.withVersion(99, 0), BadInputIT::hello);

    Launch end = Launch.with("=verbose", classes, "Made");

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text())
        .contains("UnsupportedClassVersionError", "version 99.0")
        .doesNotContain("at org.katagrade");
  }

  @Test
  void aClassFileThatIsNoneIsTheJvmsToRefuse() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("made"));
    Files.write(classes.resolve("Made.class"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

    Launch end = Launch.with("=verbose", classes, "Made");

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text())
        .contains("left alone: Made: ", "ClassFormatError")
        .doesNotContain("at org.katagrade");
  }

  /** As an obfuscator names them: only the type tells them apart, and only one is volatile. */
  @Test
  void fieldsOfOneNameAreToldApart() throws Exception {
    Path classes =
        made(
            builder ->
                builder
                    .withField("a", CD_int, ClassFile.ACC_STATIC)
                    .withField("a", CD_long, ClassFile.ACC_STATIC | ClassFile.ACC_VOLATILE)
                    .withField("a", CD_Object, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(ClassDesc.of("java.lang.Runnable"))
                    .withMethodBody(
                        "<init>",
                        MethodTypeDesc.of(CD_void),
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(CD_Object, "<init>", MethodTypeDesc.of(CD_void))
                                .return_())
                    .withMethodBody(
                        "run",
                        MethodTypeDesc.of(CD_void),
                        ClassFile.ACC_PUBLIC,
                        code -> code.lconst_1().putstatic(MADE, "a", CD_long).return_()),
            code -> {
              ClassDesc thread = ClassDesc.of("java.lang.Thread");
              code.new_(thread)
                  .dup()
                  .new_(MADE)
                  .dup()
                  .invokespecial(MADE, "<init>", MethodTypeDesc.of(CD_void))
                  .invokespecial(
                      thread,
                      "<init>",
                      MethodTypeDesc.of(CD_void, ClassDesc.of("java.lang.Runnable")))
                  .invokevirtual(thread, "start", MethodTypeDesc.of(CD_void))
                  .lconst_0()
                  .putstatic(MADE, "a", CD_long)
                  .iconst_1()
                  .putstatic(MADE, "a", CD_int);
              hello(code);
            });

    assertThat(Launch.with("=verbose", classes, "Made")).isEqualTo(new Launch(0, "hello\n"));
  }

  @Test
  void aClassWithAFieldOfOurNameIsLeftAlone() throws Exception {
    Path classes =
        made(
            builder -> builder.withField("$race", CD_String, ClassFile.ACC_STATIC),
            code -> {
              code.ldc("theirs").putstatic(MADE, "$race", CD_String);
              hello(code);
            });

    Launch end = Launch.with("=verbose", classes, "Made");

    assertThat(end.code()).isZero();
    assertThat(end.text()).contains("left alone: Made: ").endsWith("hello\n");
  }

  @Test
  void aMethodNearTheLimitIsLeftAlone() throws Exception {
    Path classes =
        made(
            builder -> builder.withField("sum", CD_int, ClassFile.ACC_STATIC),
            code -> {
              for (int i = 0; i < 8_100; i++) { // of eight bytes each
                code.getstatic(MADE, "sum", CD_int)
                    .iconst_1()
                    .iadd()
                    .putstatic(MADE, "sum", CD_int);
              }
              hello(code);
            });

    assertThat(Launch.with("=verbose", classes, "Made")).isEqualTo(new Launch(0, "hello\n"));
  }

  /** Of calls, each of which is woven into a dozen instructions, whatever is watched. */
  @Test
  void aMethodOfNothingButCallsIsLeftAlone() throws Exception {
    ClassDesc list = ClassDesc.of("java.util.ArrayList");
    Path classes =
        made(
            builder -> {},
            code -> {
              code.new_(list)
                  .dup()
                  .invokespecial(list, "<init>", MethodTypeDesc.of(CD_void))
                  .astore(1);
              for (int i = 0; i < 9_000; i++) {
                code.aload(1)
                    .aconst_null()
                    .invokevirtual(
                        list,
                        "add",
                        MethodTypeDesc.of(java.lang.constant.ConstantDescs.CD_boolean, CD_Object))
                    .pop();
              }
              hello(code);
            });

    Launch end = Launch.with("=verbose", classes, "Made");

    assertThat(end.code()).isZero();
    assertThat(end.text()).startsWith("race detector: left alone: Made: ").endsWith("hello\n");
  }

  @Test
  void aClassWithoutRoomForConstantsIsLeftAlone() throws Exception {
    Path classes =
        made(
            builder -> {
              for (int i = 0; builder.constantPool().size() < 65_500; i++) {
                builder.constantPool().utf8Entry("constant " + i);
              }
            },
            code -> {
              code.iconst_0().istore(1);
              hello(code);
            });

    Launch end = Launch.with("=verbose", classes, "Made");

    assertThat(end.code()).isZero();
    assertThat(end.text()).startsWith("race detector: left alone: Made: ").endsWith("hello\n");
  }

  @Test
  void aModuleThatIsNotOpenIsWatchedToo() throws Exception {
    Path source = Files.createDirectories(folder.resolve("module/acme"));
    Files.writeString(
        source.resolveSibling("module-info.java"), "module acme.closed { requires java.base; }");
    Path main =
        Files.writeString(
            source.resolve("Main.java"),
            Files.readString(Path.of("src/test/resources/programs/Racy.java"))
                .replace("public class Racy", "package acme; class Main"));
    Path classes =
        Launch.compiled(folder, List.of(), source.resolveSibling("module-info.java"), main);

    Launch end =
        Launch.java(
            List.of(Launch.agent("=verbose"), "--module-path", classes.toString()),
            List.of("--module", "acme.closed/acme.Main"));

    assertThat(end.code()).isEqualTo(66);
    assertThat(end.text()).contains("of Main.value by thread 'writer'").doesNotContain("alone");
  }

  /** An agent that the JVM starts before ours loads a class of the program. */
  @Test
  void aClassThatWasThereBeforeTheAgentIsLeftAlone() throws Exception {
    Path classes = Launch.compiled("Racy", folder);
    Files.writeString(
        folder.resolve("Early.java"),
        """
        public class Early {
          public static void premain(String options) throws Exception {
            Class.forName("Racy");
          }
        }
        """);
    Launch.compiled(folder, List.of(), folder.resolve("Early.java"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), "Early");
    Path jar = folder.resolve("early.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Early.class"));
      Files.copy(classes.resolve("Early.class"), out);
    }

    Launch end =
        Launch.java(
            List.of(
                "-javaagent:" + jar, Launch.agent("=verbose"), "-cp", classes.toString(), "Racy"),
            List.of());

    assertThat(end.code()).isZero();
    assertThat(end.text())
        .contains("race detector: left alone: Racy: it was loaded before the agent\n")
        .endsWith("done true\n");
  }

  private static void hello(CodeBuilder code) {
    code.getstatic(ClassDesc.of("java.lang.System"), "out", PRINT)
        .ldc("hello")
        .invokevirtual(PRINT, "println", MethodTypeDesc.of(CD_void, CD_String))
        .return_();
  }

  private Path made(Consumer<ClassBuilder> members, Consumer<CodeBuilder> main) throws IOException {
    byte[] bytes =
        ClassFile.of()
            .build(
                MADE,
                builder -> {
                  builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                  members.accept(builder);
                  builder.withMethodBody("main", MAIN, STATIC, main);
                });
    Path classes = Files.createDirectories(folder.resolve("made"));
    Files.write(classes.resolve("Made.class"), bytes);
    return classes;
  }
}
