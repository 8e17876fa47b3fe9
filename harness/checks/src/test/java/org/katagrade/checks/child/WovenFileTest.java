package org.katagrade.checks.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.descriptors.AccessCodeLocation;
import org.jetbrains.lincheck.descriptors.AccessPath;
import org.jetbrains.lincheck.descriptors.ActiveLocal;
import org.jetbrains.lincheck.descriptors.ArrayElementByIndexAccessLocation;
import org.jetbrains.lincheck.descriptors.ArrayElementByNameAccessLocation;
import org.jetbrains.lincheck.descriptors.ClassDescriptor;
import org.jetbrains.lincheck.descriptors.FieldDescriptor;
import org.jetbrains.lincheck.descriptors.FieldKind;
import org.jetbrains.lincheck.descriptors.LineCodeLocation;
import org.jetbrains.lincheck.descriptors.LocalKind;
import org.jetbrains.lincheck.descriptors.LocalVariableAccessLocation;
import org.jetbrains.lincheck.descriptors.LoopHeaderCodeLocation;
import org.jetbrains.lincheck.descriptors.MethodCallCodeLocation;
import org.jetbrains.lincheck.descriptors.MethodDescriptor;
import org.jetbrains.lincheck.descriptors.MethodSignature;
import org.jetbrains.lincheck.descriptors.ObjectFieldAccessLocation;
import org.jetbrains.lincheck.descriptors.StaticFieldAccessLocation;
import org.jetbrains.lincheck.descriptors.Types;
import org.jetbrains.lincheck.descriptors.VariableDescriptor;
import org.jetbrains.lincheck.trace.TraceContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Lincheck numbered in one JVM has the same numbers in the next. */
final class WovenFileTest {

  private static final Map<String, byte[]> CLASSES =
      Map.of("java.util.Queue", new byte[] {1, 2, 3}, "java.util.Deque", new byte[] {4});

  private final TraceContext before = new TraceContext();
  private final TraceContext after = new TraceContext();

  /** One of each kind that Lincheck numbers, as it does: names with dots and with slashes. */
  @BeforeEach
  void number() {
    int queue = before.getClassPool().register(new ClassDescriptor(before, "java.util.Queue"));
    int deque = before.getClassPool().register(new ClassDescriptor(before, "java.util.Deque"));
    Types.Type slashes = new Types.ObjectType("java/lang/Object");
    Types.Type dots = new Types.ObjectType("java.lang.Object");
    MethodDescriptor method =
        new MethodDescriptor(
            before,
            deque,
            new MethodSignature(
                "offer",
                new Types.MethodType(
                    List.of(slashes, new Types.ArrayType(type("J")), type("Z")), type("V"))),
            false);
    method.setIntrinsic(true);
    before.getMethodPool().register(method);
    FieldDescriptor head =
        new FieldDescriptor(before, queue, "head", dots, FieldKind.INSTANCE, false, true);
    FieldDescriptor sameWithSlashes =
        new FieldDescriptor(before, queue, "head", slashes, FieldKind.INSTANCE, false, true);
    FieldDescriptor most =
        new FieldDescriptor(before, queue, "MOST", type("I"), FieldKind.STATIC, true, false);
    for (FieldDescriptor field : List.of(head, sameWithSlashes, most)) {
      before.getFieldPool().register(field);
    }
    VariableDescriptor item = new VariableDescriptor(before, "item", dots);
    before.getVariablePool().register(item);

    AccessPath local = new AccessPath(new LocalVariableAccessLocation(item));
    AccessPath way =
        new AccessPath(
            new StaticFieldAccessLocation(most),
            new ObjectFieldAccessLocation(sameWithSlashes),
            new ArrayElementByIndexAccessLocation(7),
            new ArrayElementByNameAccessLocation(local));
    List<ActiveLocal> locals = List.of(new ActiveLocal("item", LocalKind.PARAMETER));
    before.getCodeLocationsPool().register(new LineCodeLocation(frame("Queue", 1), null));
    before.getCodeLocationsPool().register(new AccessCodeLocation(frame("Deque", 2), null, locals));
    before
        .getCodeLocationsPool()
        .register(
            new MethodCallCodeLocation(frame("Queue", 3), way, Arrays.asList(local, null), locals));
    before
        .getCodeLocationsPool()
        .register(new LoopHeaderCodeLocation(frame("Deque", 4), List.of(0, 2), locals));
    before
        .getCodeLocationsPool()
        .register(new MethodCallCodeLocation(frame("Deque", 5), null, null, null));
  }

  @Test
  void everythingHasItsNumberAgain() throws Exception {
    WovenFile file = WovenFile.read(WovenFile.contents(CLASSES, before), after);

    assertThat(file.woven("java.util.Queue")).containsExactly(1, 2, 3);
    assertThat(file.woven("java.util.Deque")).containsExactly(4);
    assertThat(file.woven("java.util.List")).isNull();
    assertThat(after.getMethodPool().get(0).isIntrinsic()).isTrue();
    assertThat(after.getFieldPool().get(0).getType()).hasToString("java.lang.Object");
    assertThat(after.getFieldPool().get(1).getType()).hasToString("java/lang/Object");
    for (int number = 0; number < 5; number++) {
      assertThat(after.getCodeLocationsPool().get(number))
          .hasSameClassAs(before.getCodeLocationsPool().get(number));
    }
    assertThat(WovenFile.contents(CLASSES, after)).isEqualTo(WovenFile.contents(CLASSES, before));
  }

  @Test
  void thePlacesOfAClassComeWithIt() throws Exception {
    WovenFile file = WovenFile.read(WovenFile.contents(CLASSES, before), after);

    assertThat(after.getCodeLocationsPool().getOrNull(0)).isNull();
    file.woven("java.util.Queue");
    assertThat(after.stackTrace(0)).isEqualTo(before.stackTrace(0));
    assertThat(after.getCodeLocationsPool().getOrNull(1)).isNull();
  }

  @Test
  void whatIsNumberedNextHasANumberOfItsOwn() throws Exception {
    WovenFile file = WovenFile.read(WovenFile.contents(CLASSES, before), after);

    int next =
        after.getCodeLocationsPool().register(new LineCodeLocation(frame("Solution", 1), null));
    file.woven("java.util.Deque");

    assertThat(next).isEqualTo(5);
    assertThat(after.stackTrace(5)).isEqualTo(frame("Solution", 1));
  }

  @Test
  void aFileThatIsNotWholeIsNotRead() {
    byte[] contents = WovenFile.contents(CLASSES, before);

    assertThatThrownBy(() -> WovenFile.read(Arrays.copyOf(contents, contents.length - 1), after))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> WovenFile.read(new byte[] {0}, after)).isInstanceOf(IOException.class);
    assertThat(after.getClassPool().getOrNull(0)).isNull();
  }

  @Test
  void numbersThatAreGivenAlreadyAreNotGivenAgain() {
    after.getClassPool().register(new ClassDescriptor(after, "kata99.Solution"));

    assertThatThrownBy(() -> WovenFile.read(WovenFile.contents(CLASSES, before), after))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Types.Type type(String descriptor) {
    return Types.INSTANCE.convertAsmTypeName(descriptor);
  }

  private static StackTraceElement frame(String type, int line) {
    return new StackTraceElement("java/util/" + type, "offer", type + ".java", line);
  }
}
