package org.katagrade.agent.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.katagrade.agent.order.Instead;

/**
 * The {@link CallTable} as one text, a line for each entry, which the build puts into this class.
 */
final class TableText {

  static final char STATIC = '=';
  static final char INSTANCE = '.';
  static final char INLINE = '>';

  private TableText() {}

  /** The text. */
  static String text() {
    throw new IllegalStateException("the build has not put it here");
  }

  /** The public static methods of these classes, in an order that is always the same. */
  static String of(List<Class<?>> holders) {
    StringBuilder text = new StringBuilder();
    for (Class<?> holder : holders) {
      Arrays.stream(holder.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .map(TableText::line)
          .sorted()
          .forEach(text::append);
    }
    Set<String> told = new TreeSet<>();
    for (Class<?> type : InlineCalls.INHERITED) {
      for (Method method : type.getMethods()) {
        String call = INLINE + call(method, method.getParameterTypes()) + ' ';
        if (InlineCalls.isTold(method)
            && InlineCalls.INHERITED.stream()
                .noneMatch(
                    known ->
                        known != type
                            && known.isAssignableFrom(type)
                            && told.contains(call + known.getName() + '\n'))) {
          told.add(call + type.getName() + '\n');
        }
      }
    }
    told.forEach(text::append);
    return text.toString();
  }

  private static String line(Method method) {
    Instead instead = method.getAnnotation(Instead.class);
    Class<?>[] parameters = method.getParameterTypes();
    String call =
        instead != null
            ? STATIC + call(method, parameters) + ' ' + instead.of().getName()
            : INSTANCE
                + call(method, Arrays.copyOfRange(parameters, 1, parameters.length))
                + ' '
                + parameters[0].getName();
    return call + ' ' + method.getDeclaringClass().getName() + '\n';
  }

  private static String call(Method method, Class<?>[] parameters) {
    StringBuilder call = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : parameters) {
      call.append(parameter.descriptorString());
    }
    return call.append(')').append(method.getReturnType().descriptorString()).toString();
  }

  /** This class's file with the text in it. */
  static byte[] with(String text, byte[] bytes) {
    ClassTransform putting =
        (builder, element) -> {
          if (element instanceof MethodModel method && method.methodName().equalsString("text")) {
            builder.withMethodBody(
                "text",
                MethodTypeDesc.of(ConstantDescs.CD_String),
                ClassFile.ACC_STATIC,
                code -> code.loadConstant(text).areturn());
          } else {
            builder.with(element);
          }
        };
    return ClassFile.of().transformClass(ClassFile.of().parse(bytes), putting);
  }
}
