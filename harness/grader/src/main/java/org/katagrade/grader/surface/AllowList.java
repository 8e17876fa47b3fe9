package org.katagrade.grader.surface;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of the JDK that a submission may name, and why; {@code allowed.txt} says how they are
 * written down. Immutable.
 */
final class AllowList {

  private static final Pattern LINE = Pattern.compile("(\\w+)\\s+(.+)");
  private static final Pattern SINGLE = Pattern.compile("(\\S+): (not )?(.+)");

  /** Commas between members; not those between the parameters of one. */
  private static final Pattern BETWEEN_MEMBERS = Pattern.compile(",\\s*(?![^()]*\\))");

  /** What of one class may be named, for one reason. */
  record Grant(String type, boolean all, Set<String> members, boolean bootstrap, String why) {

    Grant {
      members = Set.copyOf(members);
    }

    /** As a reader of the list sees it. */
    String written() {
      String names = members.stream().sorted().collect(Collectors.joining(", "));
      String what = type.replace('$', '.');
      if (members.isEmpty()) {
        return all ? what : what + " (as a type)";
      }
      return what + (all ? " but for " : ": ") + names;
    }

    private boolean covers(Member member) {
      boolean listed =
          members.contains(member.listed()) || members.contains(member.listedExactly());
      return all != listed;
    }
  }

  private final Map<String, List<Grant>> byType = new LinkedHashMap<>();
  private final Set<String> packages = new HashSet<>();

  private AllowList() {}

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if a line of it cannot be read
   */
  static AllowList parse(String text) {
    AllowList list = new AllowList();
    Map<String, String> heading = new HashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> list.take(line, heading));
    return list;
  }

  /**
   * The same, and more that a kata needs.
   *
   * @param more classes by their binary names, members as {@code java.lang.System#getProperty}, and
   *     packages followed by {@code .*}
   * @param why in words for who reads the list
   */
  AllowList and(List<String> more, String why) {
    AllowList wider = new AllowList();
    byType.forEach((type, grants) -> wider.byType.put(type, new ArrayList<>(grants)));
    wider.packages.addAll(packages);
    for (String each : more) {
      int hash = each.indexOf('#');
      if (each.endsWith(".*")) {
        wider.packages.add(each.substring(0, each.length() - 2));
      } else if (hash < 0) {
        wider.add(new Grant(each, true, Set.of(), false, why));
      } else {
        String type = each.substring(0, hash);
        wider.add(new Grant(type, false, Set.of(each.substring(hash + 1)), false, why));
      }
    }
    return wider;
  }

  private void take(String line, Map<String, String> heading) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a line of an allow-list: " + line);
    }
    String rest = parts.group(2);
    switch (parts.group(1)) {
      case "why", "package" -> heading.put(parts.group(1), rest);
      case "all" -> names(rest).forEach(name -> add(name, heading, true, Set.of(), false));
      case "type" -> names(rest).forEach(name -> add(name, heading, false, Set.of(), false));
      case "most" -> single(rest, true, heading, false);
      case "only" -> single(rest, false, heading, false);
      case "bootstrap" -> single(rest, false, heading, true);
      default -> throw new IllegalArgumentException("not a line of an allow-list: " + line);
    }
  }

  private static List<String> names(String rest) {
    return List.of(rest.split("\\s+"));
  }

  private void single(String rest, boolean most, Map<String, String> heading, boolean bootstrap) {
    Matcher parts = SINGLE.matcher(rest);
    if (!parts.matches() || most != (parts.group(2) != null)) {
      throw new IllegalArgumentException("not a class and its members: " + rest);
    }
    Set<String> members = new HashSet<>(List.of(BETWEEN_MEMBERS.split(parts.group(3))));
    add(parts.group(1), heading, most, members, bootstrap);
  }

  private void add(
      String name,
      Map<String, String> heading,
      boolean all,
      Set<String> members,
      boolean bootstrap) {
    String type = heading.getOrDefault("package", "") + "." + name.replace('.', '$');
    add(new Grant(type, all, members, bootstrap, heading.getOrDefault("why", "")));
  }

  private void add(Grant grant) {
    byType.computeIfAbsent(grant.type(), type -> new ArrayList<>()).add(grant);
  }

  /** Whether a program may name this class at all. */
  boolean knows(String type) {
    return isInPackage(type) || grants(type).anyMatch(grant -> !grant.bootstrap());
  }

  /** Whether a program may name this member, which its owner declares. */
  boolean allows(Member declared) {
    return isInPackage(declared.owner())
        || grants(declared.owner()).anyMatch(grant -> !grant.bootstrap() && grant.covers(declared));
  }

  /** Whether the JVM may be told to link something by this method. */
  boolean links(Member declared) {
    return grants(declared.owner()).anyMatch(grant -> grant.bootstrap() && grant.covers(declared));
  }

  /** Everything on the list that names a class, in its order. */
  List<Grant> grants() {
    return byType.values().stream().flatMap(List::stream).toList();
  }

  private Stream<Grant> grants(String type) {
    return byType.getOrDefault(type, List.of()).stream();
  }

  private boolean isInPackage(String type) {
    return packages.contains(type.substring(0, Math.max(0, type.lastIndexOf('.'))));
  }
}
