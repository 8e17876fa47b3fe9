package org.katagrade.grader.surface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.surface.Resolution.Declared;
import org.katagrade.grader.surface.Types.Origin;
import org.katagrade.grader.surface.Types.Type;

/** Where a submission touches the world: what of it may be touched, and where it touches more. */
public final class Surface {

  private static final AllowList ALLOWED = AllowList.parse(text("allowed.txt"));
  private static final Reasons REASONS = Reasons.parse(text("refused.txt"));

  private static final Set<String> ENDS =
      Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt");

  private final List<ClassModel> theirs;
  private final AllowList allowed;
  private final Types types;
  private final Resolution resolution;

  private Surface(List<ClassModel> theirs, AllowList allowed, Types types) {
    this.theirs = theirs;
    this.allowed = allowed;
    this.types = types;
    this.resolution = new Resolution(types);
  }

  /**
   * What came of looking at a submission.
   *
   * @param refusals what it uses that it may not, by file and line; nothing if it may be run
   * @param named the classes of the JDK and of libraries that it names
   * @param exits whether it names what ends the JVM
   */
  public record Finding(List<Refusal> refusals, Set<String> named, boolean exits) {

    public Finding {
      refusals = List.copyOf(refusals);
      named = Set.copyOf(named);
    }
  }

  /**
   * Looks at a submission.
   *
   * @param theirs its classes
   * @param contract the kata's classes that it knows
   * @param libraries jars that it may use as it likes
   * @param more what the kata allows beyond the list: classes, members after a {@code #}, packages
   *     followed by {@code .*}
   * @throws IllegalArgumentException if one of them is no class file as the specification has it
   */
  public static Finding look(
      List<ClassBytes> theirs, List<ClassBytes> contract, List<Path> libraries, List<String> more) {
    AllowList allowed = more.isEmpty() ? ALLOWED : ALLOWED.and(more, "this kata needs it");
    try {
      List<ClassModel> models =
          theirs.stream().map(type -> ClassFile.of().parse(type.bytes())).toList();
      return new Surface(models, allowed, new Types(models, contract, libraries)).look();
    } catch (IndexOutOfBoundsException e) {
      // So the JDK answers to an empty descriptor.
      throw new IllegalArgumentException("a class file cannot be read", e);
    }
  }

  /**
   * What a submission may use of the JDK, by why: first the reason, then classes with their
   * members.
   */
  public static SequencedMap<String, List<String>> allowed() {
    SequencedMap<String, List<String>> byReason = new LinkedHashMap<>();
    ALLOWED.grants().stream()
        .filter(grant -> !grant.bootstrap())
        .forEach(
            grant ->
                byReason
                    .computeIfAbsent(grant.why(), why -> new ArrayList<>())
                    .add(grant.written()));
    return byReason;
  }

  private Finding look() {
    List<Refusal> refusals = new ArrayList<>();
    Set<String> named = new LinkedHashSet<>();
    boolean exits = false;
    for (ClassModel type : theirs) {
      List<Use> uses = Uses.of(type);
      refusals.addAll(refusals(type, uses));
      refusals.addAll(Watchable.refusals(type));
      exits |= uses.stream().anyMatch(Surface::exits);
      Uses.names(type).stream().filter(this::isOfOthers).forEach(named::add);
    }
    refusals.sort(
        Comparator.comparing((Refusal refusal) -> String.valueOf(refusal.at().file()))
            .thenComparingInt(refusal -> refusal.at().line()));
    return new Finding(refusals, named, exits);
  }

  private static boolean exits(Use use) {
    return use instanceof Use.OfMember(Member member, int line)
        && ENDS.contains(member.owner() + "." + member.name());
  }

  private boolean isOfOthers(String name) {
    return types
        .find(name)
        .map(Type::origin)
        .filter(origin -> origin == Origin.JDK || origin == Origin.LIBRARY)
        .isPresent();
  }

  /**
   * What one class file uses that it may not. A type by itself is told of where nothing of it is,
   * at its first line; one that is only in a signature, which has no line, if there is nothing
   * else.
   */
  private List<Refusal> refusals(ClassModel type, List<Use> uses) {
    Set<Refusal> told = new LinkedHashSet<>();
    Set<String> owners = new HashSet<>();
    for (Use use : uses) {
      String sentence = use instanceof Use.OfType ? null : objection(use);
      if (sentence != null) {
        told.add(new Refusal(sentence, place(type, use.line())));
        owners.add(owner(use));
      }
    }
    List<Refusal> inSignatures = new ArrayList<>();
    for (Use use : uses) {
      if (use instanceof Use.OfType(String name, int line) && !mayName(name)) {
        Refusal refusal = new Refusal(sentence(written(name), REASONS.of(name)), place(type, line));
        if (line < 0) {
          inSignatures.add(refusal);
        } else if (owners.add(name)) {
          told.add(refusal);
        }
      }
    }
    if (told.isEmpty()) {
      told.addAll(inSignatures);
    }
    return List.copyOf(told);
  }

  private static String owner(Use use) {
    return switch (use) {
      case Use.OfMember(Member member, int line) -> member.owner();
      case Use.AsBootstrap(Member member, int line) -> member.owner();
      case Use.OfType(String name, int line) -> name;
      case Use.OfNativeCode(String method, int line) -> "";
      case Use.AsFinalizer(String name, int line) -> "";
    };
  }

  private @Nullable String objection(Use use) {
    return switch (use) {
      case Use.OfMember(Member member, int line) ->
          objection(member, declared -> allowed.allows(declared) && mayNameOwner(member));
      case Use.AsBootstrap(Member member, int line) -> objection(member, allowed::links);
      case Use.OfType(String name, int line) ->
          mayName(name) ? null : sentence(written(name), REASONS.of(name));
      case Use.OfNativeCode(String method, int line) ->
          sentence("the native method " + method, "native code keeps to no rule of Java's");
      case Use.AsFinalizer(String name, int line) ->
          sentence(
              "a method " + written(name) + ".finalize()",
              REASONS.of(new Member("java.lang.Object", "finalize", "()V")));
    };
  }

  private @Nullable String objection(Member member, Predicate<Member> listed) {
    Optional<Declared> declared = resolution.declared(member);
    if (declared.isPresent()
        && (declared.get().origin() != Origin.JDK || listed.test(declared.get().member()))) {
      return null;
    }
    Member shown = declared.map(Declared::member).orElse(member);
    return sentence(shown.written(), REASONS.of(shown));
  }

  /** What it inherits may be allowed where the class it is called on is not. */
  private boolean mayNameOwner(Member member) {
    String owner = member.owner();
    if (!owner.startsWith("[")) {
      return mayName(owner);
    }
    String element = owner.replaceFirst("^\\[+", "");
    return !element.startsWith("L") || mayName(element.substring(1, element.length() - 1));
  }

  private boolean mayName(String type) {
    return allowed.knows(type)
        || types.find(type).filter(found -> found.origin() != Origin.JDK).isPresent();
  }

  private static String sentence(String what, String why) {
    return "a submission may not use " + what + (why.isEmpty() ? "" : ": " + why);
  }

  private static String written(String type) {
    return type.replace('$', '.');
  }

  static Frame place(ClassModel type, int line) {
    @Nullable String file =
        type.findAttribute(Attributes.sourceFile())
            .map(source -> source.sourceFile().stringValue())
            .orElse(null);
    return new Frame(type.thisClass().asInternalName().replace('/', '.'), "<class>", file, line);
  }

  private static String text(String resource) {
    try (InputStream in = Surface.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }
}
