package org.katagrade.checks.child;

import static java.util.stream.Collectors.groupingBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.descriptors.AccessCodeLocation;
import org.jetbrains.lincheck.descriptors.AccessLocation;
import org.jetbrains.lincheck.descriptors.AccessPath;
import org.jetbrains.lincheck.descriptors.ActiveLocal;
import org.jetbrains.lincheck.descriptors.ArrayElementByIndexAccessLocation;
import org.jetbrains.lincheck.descriptors.ArrayElementByNameAccessLocation;
import org.jetbrains.lincheck.descriptors.ClassDescriptor;
import org.jetbrains.lincheck.descriptors.CodeLocation;
import org.jetbrains.lincheck.descriptors.DescriptorPool;
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
import org.jspecify.annotations.Nullable;

/**
 * Classes as Lincheck 3.7 wove into them, and what the numbers in them mean: it numbers classes,
 * methods, fields, variables and places in the code as it comes to them, and what is woven in names
 * them by number.
 *
 * <p>The file holds its length, all strings, then classes, methods, fields and variables in the
 * order of their numbers, then for each woven class its places and itself. A Lincheck that has
 * numbered nothing yet is given all of it but the places, which are many: those of a class come
 * with the class. Safe for use by many threads once it is read.
 */
final class WovenFile {

  private final Reader all;
  private final Map<String, Integer> sections = new HashMap<>();

  private WovenFile(Reader all) {
    this.all = all;
  }

  /**
   * The contents of a file.
   *
   * @param classes the woven ones, by name
   * @param context what Lincheck has numbered
   * @throws IllegalStateException if that has something this class has not heard of
   */
  static byte[] contents(Map<String, byte[]> classes, TraceContext context) {
    return new Writer(context, new LinkedHashMap<>()).file(classes);
  }

  /**
   * Gives the numbers to a Lincheck that has given none.
   *
   * @throws IOException if the file is not whole
   * @throws IllegalStateException if Lincheck has numbered something already
   */
  static WovenFile read(byte[] contents, TraceContext context) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(contents);
    if (contents.length < Integer.BYTES || bytes.getInt() != contents.length) {
      throw new IOException("not a whole file");
    }
    WovenFile file = new WovenFile(new Reader(context, bytes, new ArrayList<>()));
    file.all.numbers();
    for (int left = bytes.getInt(); left > 0; left--) {
      String name = file.all.string();
      int length = bytes.getInt();
      file.sections.put(name, bytes.position());
      bytes.position(bytes.position() + length);
    }
    return file;
  }

  /** A class as it is woven, whose places Lincheck is given with it; null if it is not here. */
  byte @Nullable [] woven(String name) {
    Integer start = sections.get(name);
    return start == null ? null : all.at(start).section();
  }

  /** What stands before a place, or before a step of the way to what is accessed there. */
  private enum Kind {
    ACCESS,
    CALL,
    LOOP,
    LINE,
    VARIABLE,
    STATIC_FIELD,
    FIELD,
    INDEX,
    INDEX_BY_NAME
  }

  private static final class Writer {

    private final TraceContext context;
    private final Map<String, Integer> strings;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Writer(TraceContext context, Map<String, Integer> strings) {
      this.context = context;
      this.strings = strings;
    }

    byte[] file(Map<String, byte[]> classes) {
      try {
        list(registered(context.getClassPool()), type -> string(type.getName()));
        list(registered(context.getMethodPool()), this::method);
        list(registered(context.getFieldPool()), this::field);
        list(registered(context.getVariablePool()), this::variable);
        places(classes);
        Writer file = new Writer(context, Map.of());
        file.out.writeInt(strings.size());
        for (String string : strings.keySet()) {
          byte[] text = string.getBytes(StandardCharsets.UTF_8);
          file.out.writeInt(text.length);
          file.out.write(text);
        }
        bytes.writeTo(file.out);
        byte[] rest = file.bytes.toByteArray();
        int length = Integer.BYTES + rest.length;
        return ByteBuffer.allocate(length).putInt(length).put(rest).array();
      } catch (IOException e) {
        throw new IllegalStateException("writing into memory", e);
      }
    }

    private void places(Map<String, byte[]> classes) throws IOException {
      List<CodeLocation> places = registered(context.getCodeLocationsPool());
      Map<String, List<Integer>> numbers =
          IntStream.range(0, places.size())
              .boxed()
              .collect(groupingBy(n -> places.get(n).getStackTraceElement().getClassName()));
      int last = places.size() - 1;
      out.writeInt(last);
      place(places.get(last));
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        Writer section = new Writer(context, strings);
        section.list(
            numbers.getOrDefault(type.getKey().replace('.', '/'), List.of()),
            number -> {
              section.out.writeInt(number);
              section.place(places.get(number));
            });
        section.out.writeInt(type.getValue().length);
        section.out.write(type.getValue());
        string(type.getKey());
        out.writeInt(section.bytes.size());
        section.bytes.writeTo(out);
      }
    }

    private static <T> List<T> registered(DescriptorPool<?, T> pool) {
      List<T> registered = new ArrayList<>();
      for (T next = pool.getOrNull(0); next != null; next = pool.getOrNull(registered.size())) {
        registered.add(next);
      }
      return registered;
    }

    private void method(MethodDescriptor method) throws IOException {
      out.writeInt(method.getClassId());
      string(method.getMethodName());
      Types.MethodType type = method.getMethodSignature().getMethodType();
      list(type.getArgumentTypes(), this::type);
      type(type.getReturnType());
      flag(method.isInline());
      flag(method.isIntrinsic());
    }

    private void field(FieldDescriptor field) throws IOException {
      out.writeInt(field.getClassId());
      string(field.getFieldName());
      type(field.getType());
      out.writeInt(field.getFieldKind().ordinal());
      flag(field.isFinal());
      flag(field.isVolatile());
    }

    private void variable(VariableDescriptor variable) throws IOException {
      string(variable.getName());
      type(variable.getType());
    }

    private void place(CodeLocation place) throws IOException {
      frame(place.getStackTraceElement());
      maybe(place.getActiveLocals(), locals -> list(locals, this::local));
      switch (place) {
        case AccessCodeLocation access -> {
          kind(Kind.ACCESS);
          maybe(access.getAccessPath(), this::path);
        }
        case MethodCallCodeLocation call -> {
          kind(Kind.CALL);
          maybe(call.getAccessPath(), this::path);
          maybe(call.getArgumentNames(), this::paths);
        }
        case LoopHeaderCodeLocation loop -> {
          kind(Kind.LOOP);
          list(loop.getLoopIds(), out::writeInt);
        }
        case LineCodeLocation line -> kind(Kind.LINE);
        default -> throw unknown(place);
      }
    }

    private void frame(StackTraceElement frame) throws IOException {
      if (frame.getModuleName() != null || frame.getClassLoaderName() != null) {
        throw unknown(frame);
      }
      string(frame.getClassName());
      string(frame.getMethodName());
      maybe(frame.getFileName(), this::string);
      out.writeInt(frame.getLineNumber());
    }

    private void local(ActiveLocal local) throws IOException {
      string(local.getLocalName());
      out.writeInt(local.getLocalKind().ordinal());
    }

    private void paths(List<@Nullable AccessPath> paths) throws IOException {
      out.writeInt(paths.size());
      for (AccessPath path : paths) {
        maybe(path, this::path);
      }
    }

    private void path(AccessPath path) throws IOException {
      list(path.getLocations(), this::step);
    }

    private void step(AccessLocation step) throws IOException {
      switch (step) {
        case LocalVariableAccessLocation local -> {
          kind(Kind.VARIABLE);
          out.writeInt(local.getVariableDescriptor().getId());
        }
        case StaticFieldAccessLocation field -> {
          kind(Kind.STATIC_FIELD);
          out.writeInt(field.getFieldDescriptor().getId());
        }
        case ObjectFieldAccessLocation field -> {
          kind(Kind.FIELD);
          out.writeInt(field.getFieldDescriptor().getId());
        }
        case ArrayElementByIndexAccessLocation element -> {
          kind(Kind.INDEX);
          out.writeInt(element.getIndex());
        }
        case ArrayElementByNameAccessLocation element -> {
          kind(Kind.INDEX_BY_NAME);
          path(element.getIndexAccessPath());
        }
        default -> throw unknown(step);
      }
    }

    private void type(Types.Type type) throws IOException {
      string(descriptor(type));
    }

    /** A name has dots or slashes, as Lincheck came by it; to Lincheck they are not the same. */
    private static String descriptor(Types.Type type) {
      return switch (type) {
        case Types.VoidType any -> "V";
        case Types.IntType any -> "I";
        case Types.LongType any -> "J";
        case Types.DoubleType any -> "D";
        case Types.FloatType any -> "F";
        case Types.BooleanType any -> "Z";
        case Types.ByteType any -> "B";
        case Types.ShortType any -> "S";
        case Types.CharType any -> "C";
        case Types.ArrayType array -> "[" + descriptor(array.getElementType());
        case Types.ObjectType object -> "L" + object.getClassName();
        default -> throw unknown(type);
      };
    }

    private <T> void list(List<T> all, Part<? super T> part) throws IOException {
      out.writeInt(all.size());
      for (T each : all) {
        part.write(each);
      }
    }

    private <T> void maybe(@Nullable T value, Part<? super T> part) throws IOException {
      flag(value != null);
      if (value != null) {
        part.write(value);
      }
    }

    private void kind(Kind kind) throws IOException {
      out.writeByte(kind.ordinal());
    }

    private void flag(boolean flag) throws IOException {
      out.writeByte(flag ? 1 : 0);
    }

    private void string(String text) throws IOException {
      Integer number = strings.get(text);
      if (number == null) {
        number = strings.size();
        strings.put(text, number);
      }
      out.writeInt(number);
    }

    private static IllegalStateException unknown(Object thing) {
      return new IllegalStateException("this Lincheck has something new: " + thing);
    }

    private interface Part<T> {
      void write(T value) throws IOException;
    }
  }

  /** The same, the other way. Without lambdas: they would cost a child as much as the reading. */
  private static final class Reader {

    private static final Kind[] KINDS = Kind.values();
    private static final FieldKind[] FIELD_KINDS = FieldKind.values();
    private static final LocalKind[] LOCAL_KINDS = LocalKind.values();

    private final TraceContext context;
    private final ByteBuffer in;
    private final List<String> strings;

    Reader(TraceContext context, ByteBuffer in, List<String> strings) {
      this.context = context;
      this.in = in;
      this.strings = strings;
    }

    Reader at(int position) {
      return new Reader(context, in.duplicate().position(position), strings);
    }

    void numbers() {
      for (int left = in.getInt(); left > 0; left--) {
        strings.add(new String(bytes(), StandardCharsets.UTF_8));
      }
      int classes = in.getInt();
      for (int i = 0; i < classes; i++) {
        is(i, context.getClassPool().register(new ClassDescriptor(context, string())));
      }
      int methods = in.getInt();
      for (int i = 0; i < methods; i++) {
        is(i, context.getMethodPool().register(method()));
      }
      int fields = in.getInt();
      for (int i = 0; i < fields; i++) {
        is(i, context.getFieldPool().register(field()));
      }
      int variables = in.getInt();
      for (int i = 0; i < variables; i++) {
        is(i, context.getVariablePool().register(variable()));
      }
      // The last one, so that all numbers up to it are taken.
      context.getCodeLocationsPool().restore(in.getInt(), place());
    }

    private static void is(int expected, int actual) {
      if (expected != actual) {
        throw new IllegalStateException("Lincheck has numbered something already");
      }
    }

    byte[] section() {
      for (int left = in.getInt(); left > 0; left--) {
        context.getCodeLocationsPool().restore(in.getInt(), place());
      }
      return bytes();
    }

    private MethodDescriptor method() {
      int owner = in.getInt();
      String name = string();
      int size = in.getInt();
      List<Types.Type> arguments = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        arguments.add(type());
      }
      MethodSignature signature =
          new MethodSignature(name, new Types.MethodType(arguments, type()));
      MethodDescriptor method = new MethodDescriptor(context, owner, signature, flag());
      method.setIntrinsic(flag());
      return method;
    }

    private FieldDescriptor field() {
      return new FieldDescriptor(
          context, in.getInt(), string(), type(), FIELD_KINDS[in.getInt()], flag(), flag());
    }

    private VariableDescriptor variable() {
      return new VariableDescriptor(context, string(), type());
    }

    private CodeLocation place() {
      StackTraceElement frame =
          new StackTraceElement(string(), string(), flag() ? string() : null, in.getInt());
      List<ActiveLocal> locals = flag() ? locals() : null;
      return switch (kind()) {
        case ACCESS -> new AccessCodeLocation(frame, maybePath(), locals);
        case CALL -> new MethodCallCodeLocation(frame, maybePath(), maybePaths(), locals);
        case LOOP -> new LoopHeaderCodeLocation(frame, loops(), locals);
        case LINE -> new LineCodeLocation(frame, locals);
        default -> throw new IllegalStateException("no kind of place");
      };
    }

    private List<ActiveLocal> locals() {
      int size = in.getInt();
      List<ActiveLocal> locals = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        locals.add(new ActiveLocal(string(), LOCAL_KINDS[in.getInt()]));
      }
      return locals;
    }

    private List<Integer> loops() {
      int size = in.getInt();
      List<Integer> loops = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        loops.add(in.getInt());
      }
      return loops;
    }

    private @Nullable List<@Nullable AccessPath> maybePaths() {
      if (!flag()) {
        return null;
      }
      int size = in.getInt();
      List<@Nullable AccessPath> paths = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        paths.add(maybePath());
      }
      return paths;
    }

    private @Nullable AccessPath maybePath() {
      return flag() ? path() : null;
    }

    private AccessPath path() {
      int size = in.getInt();
      List<AccessLocation> steps = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        steps.add(step());
      }
      return new AccessPath(steps);
    }

    private AccessLocation step() {
      return switch (kind()) {
        case VARIABLE ->
            new LocalVariableAccessLocation(context.getVariablePool().get(in.getInt()));
        case STATIC_FIELD -> new StaticFieldAccessLocation(context.getFieldPool().get(in.getInt()));
        case FIELD -> new ObjectFieldAccessLocation(context.getFieldPool().get(in.getInt()));
        case INDEX -> new ArrayElementByIndexAccessLocation(in.getInt());
        case INDEX_BY_NAME -> new ArrayElementByNameAccessLocation(path());
        default -> throw new IllegalStateException("no kind of step");
      };
    }

    private Types.Type type() {
      return type(string());
    }

    private static Types.Type type(String descriptor) {
      return switch (descriptor.charAt(0)) {
        case 'L' -> new Types.ObjectType(descriptor.substring(1));
        case '[' -> new Types.ArrayType(type(descriptor.substring(1)));
        default -> Types.INSTANCE.convertAsmTypeName(descriptor);
      };
    }

    private Kind kind() {
      return KINDS[in.get()];
    }

    private boolean flag() {
      return in.get() != 0;
    }

    private String string() {
      return strings.get(in.getInt());
    }

    private byte[] bytes() {
      byte[] bytes = new byte[in.getInt()];
      in.get(bytes);
      return bytes;
    }
  }
}
