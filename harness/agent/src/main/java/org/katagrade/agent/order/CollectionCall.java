package org.katagrade.agent.order;

import java.util.Set;

/** What a method of a collection does, told from its name. */
public final class CollectionCall {

  /** Of no interest. */
  public static final int NOTHING = 0;

  static final int READS = 1;
  static final int WRITES = 2;

  /** The result goes on reading, and perhaps writing, the collection. */
  static final int VIEWS = 4;

  /** Puts its first argument, or the elements of it, into the collection. */
  static final int PLACES = 8;

  /** The first argument is a key. */
  static final int KEYED = 16;

  /** A key and a value are placed. */
  static final int ALL_OF_IT = 32;

  /** The variables of the calling class are of no interest. */
  public static final int UNWATCHED = 64;

  /** {@code get}, which writes in a map that keeps the order of access. */
  static final int GETS = 128;

  /** An iterator's step, which may come upon an entry that writes through to the map. */
  static final int STEPS = 256;

  /** Goes over the collection that is its first argument. */
  static final int READS_ARGUMENT = 512;

  /** Tells of the number of elements and touches none. */
  static final int COUNTS = 1024;

  /** Reads or writes one element, which it finds by an index or an iterator's place. */
  static final int ELEMENT = 2048;

  /** Puts what it takes away into the collection that is its first argument. */
  static final int FILLS_ARGUMENT = 4096;

  /** Looks for an element or entry, and tells by null that it came upon none. */
  static final int SEEKS = 8192;

  /** Goes over collections that are compared by their elements, and touches no others. */
  static final int OF_OBJECT = 16384;

  private static final Set<String> WRITING =
      Set.of(
          "add",
          "addAll",
          "addAllAbsent",
          "addElement",
          "addFirst",
          "addIfAbsent",
          "addLast",
          "and",
          "andNot",
          "append",
          "appendCodePoint",
          "clear",
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "delete",
          "deleteCharAt",
          "drainTo",
          "ensureCapacity",
          "flip",
          "format",
          "insert",
          "insertElementAt",
          "merge",
          "offer",
          "offerFirst",
          "offerLast",
          "or",
          "parse",
          "poll",
          "pollFirst",
          "pollFirstEntry",
          "pollLast",
          "pollLastEntry",
          "pop",
          "push",
          "put",
          "putAll",
          "putFirst",
          "putIfAbsent",
          "putLast",
          "remove",
          "removeAll",
          "removeAllElements",
          "removeElement",
          "removeElementAt",
          "removeFirst",
          "removeFirstOccurrence",
          "removeIf",
          "removeLast",
          "removeLastOccurrence",
          "replace",
          "replaceAll",
          "retainAll",
          "reverse",
          "roll",
          "set",
          "setElementAt",
          "setLength",
          "setTime",
          "setTimeInMillis",
          "setValue",
          "sort",
          "take",
          "takeFirst",
          "takeLast",
          "tryTransfer",
          "transfer",
          "trimToSize",
          "xor");
  private static final Set<String> VIEWING =
      Set.of(
          "descendingIterator",
          "descendingKeySet",
          "descendingMap",
          "descendingSet",
          "elements",
          "entrySet",
          "headMap",
          "headSet",
          "iterator",
          "keySet",
          "keys",
          "listIterator",
          "navigableKeySet",
          "reversed",
          "sequencedEntrySet",
          "sequencedKeySet",
          "sequencedValues",
          "spliterator",
          "subList",
          "subMap",
          "subSet",
          "tailMap",
          "tailSet",
          "trySplit",
          "values");
  private static final Set<String> PLACING =
      Set.of(
          "add",
          "addElement",
          "addFirst",
          "addIfAbsent",
          "addLast",
          "offer",
          "offerFirst",
          "offerLast",
          "push",
          "put",
          "putFirst",
          "putLast",
          "set",
          "transfer",
          "tryTransfer");
  private static final Set<String> KEYS =
      Set.of(
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "containsKey",
          "get",
          "getOrDefault",
          "merge",
          "put",
          "putIfAbsent",
          "remove",
          "replace");
  private static final Set<String> COUNTING =
      Set.of(
          "isEmpty",
          "size",
          "mappingCount",
          "remainingCapacity",
          "hasNext",
          "hasMoreElements",
          "estimateSize",
          "getExactSizeIfKnown",
          "hasWaitingConsumer",
          "getWaitingConsumerCount");
  private static final Set<String> ELEMENTS = Set.of("get", "set", "next", "previous");
  private static final Set<String> SEEKING =
      Set.of(
          "ceiling",
          "ceilingEntry",
          "ceilingKey",
          "firstEntry",
          "floor",
          "floorEntry",
          "floorKey",
          "higher",
          "higherEntry",
          "higherKey",
          "lastEntry",
          "lower",
          "lowerEntry",
          "lowerKey",
          "peek",
          "peekFirst",
          "peekLast",
          "poll",
          "pollFirst",
          "pollFirstEntry",
          "pollLast",
          "pollLastEntry");

  /** What a spliterator says of itself. */
  private static final Set<String> FEATURES =
      Set.of("characteristics", "getComparator", "hasCharacteristics");

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("getClass", "notify", "notifyAll", "wait");

  /** What moves on with nearly every call. */
  private static final Set<String> CURSORS =
      Set.of(
          "java/util/Scanner",
          "java/util/SplittableRandom",
          "java/util/StringTokenizer",
          "java/util/regex/Matcher");

  /** What does not move them on. */
  private static final Set<String> ASKING =
      Set.of(
          "countTokens",
          "delimiter",
          "end",
          "group",
          "groupCount",
          "hasAnchoringBounds",
          "hasMatch",
          "hasMoreElements",
          "hasMoreTokens",
          "hasTransparentBounds",
          "hitEnd",
          "ioException",
          "locale",
          "match",
          "namedGroups",
          "pattern",
          "radix",
          "regionEnd",
          "regionStart",
          "requireEnd",
          "start",
          "toMatchResult",
          "toString");

  private static final Set<String> WRITING_STATIC =
      Set.of(
          "addAll", "copy", "fill", "replaceAll", "reverse", "rotate", "shuffle", "sort", "swap");

  private CollectionCall() {}

  /** Whether a static method of {@link java.util.Collections} writes to its first argument. */
  public static boolean writesStatic(String owner, String name) {
    return owner.equals("java/util/Collections") && WRITING_STATIC.contains(name);
  }

  /** Whether a static method of the JDK keeps its argument and does not look into it. */
  public static boolean onlyWraps(String name) {
    return name.startsWith("unmodifiable")
        || name.startsWith("synchronized")
        || name.startsWith("checked")
        || name.startsWith("newSet")
        || name.startsWith("asLifo")
        || name.startsWith("require")
        || name.equals("asList");
  }

  /** The flags of the method of this class with this name and so many parameters. */
  public static int of(String owner, String name, int parameters) {
    if (OF_EVERY_OBJECT.contains(name) || FEATURES.contains(name)) {
      return NOTHING;
    }
    if (name.equals("equals") && parameters == 1) {
      return READS | READS_ARGUMENT | OF_OBJECT;
    }
    if (name.equals("hashCode") && parameters == 0) {
      return READS | OF_OBJECT;
    }
    if (CURSORS.contains(owner)) {
      return ASKING.contains(name) ? READS : WRITES;
    }
    int flags = WRITING.contains(name) ? WRITES : READS;
    if (VIEWING.contains(name)) {
      flags |= VIEWS;
    }
    if (PLACING.contains(name)) {
      flags |= PLACES;
    }
    if (KEYS.contains(name) && parameters > 0) {
      flags |= KEYED;
    }
    if (name.startsWith("addAll") || name.equals("putAll") || name.equals("clear")) {
      flags |= ALL_OF_IT;
    }
    if ((name.endsWith("All") || name.equals("addAllAbsent")) && parameters > 0) {
      flags |= READS_ARGUMENT;
    }
    if (name.equals("drainTo")) {
      flags |= FILLS_ARGUMENT;
    }
    if (COUNTING.contains(name)) {
      flags |= COUNTS;
    }
    if (name.equals("next")) {
      flags |= STEPS;
    }
    if (SEEKING.contains(name)) {
      flags |= SEEKS;
    }
    if (ELEMENTS.contains(name)) {
      flags |= ELEMENT;
    }
    if (name.startsWith("get") && parameters > 0) {
      flags |= GETS;
    }
    return flags;
  }
}
