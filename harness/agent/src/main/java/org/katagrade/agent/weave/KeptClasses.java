package org.katagrade.agent.weave;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.MethodName;
import org.katagrade.agent.race.FieldRef;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.WovenClass;

/**
 * Classes as they were woven in an earlier JVM, and what the numbers in them mean: places, fields,
 * methods and classes are numbered as the weavers come to them, and woven code names them by
 * number.
 *
 * <p>The file holds its length, where the tables and where the strings begin, a section for each
 * class, the tables and the strings. What a JVM does not ask for it does not read. Safe for use by
 * many threads.
 */
public final class KeptClasses {

  private static final String PROPERTY = "org.katagrade.agent.kept";

  /** The length, and where the two parts begin. */
  private static final int HEADER = 3 * Integer.BYTES;

  private static final int SITE = 4 * Integer.BYTES;
  private static final int FIELD = 3 * Integer.BYTES;
  private static final int METHOD = 2 * Integer.BYTES;
  private static final int NULL = -1;

  /**
   * A class.
   *
   * @param name its internal name
   * @param original a checksum of its class file; 0 for a class of the JDK
   * @param woven the class file to be; null if it is left alone
   * @param number as a {@link WovenClass}, -1 if the detector is not in it
   * @param parents what it extends
   * @param uses internal names of classes of the JDK that must be woven when it runs
   */
  record Entry(
      String name,
      long original,
      byte @Nullable [] woven,
      int number,
      List<WovenClass.Field> fields,
      Hierarchy.Parents parents,
      List<String> uses) {

    static Entry ofJdk(String name, byte @Nullable [] woven) {
      return new Entry(
          name, 0, woven, NULL, List.of(), new Hierarchy.Parents(List.of(), Set.of()), List.of());
    }
  }

  private final ByteBuffer in;
  private final int strings;
  private final Map<String, Integer> sections = new HashMap<>();

  private KeptClasses(ByteBuffer in) {
    this.in = in;
    strings = in.getInt(2 * Integer.BYTES);
  }

  /** None at all. */
  public static KeptClasses none() {
    return new KeptClasses(ByteBuffer.allocate(HEADER));
  }

  /** The option of a JVM, beside the agent's, that names a file of {@link WeaveAhead}. */
  public static String option(Path file) {
    return "-D" + PROPERTY + "=" + file;
  }

  /**
   * Those of the file that this JVM was told of, whose numbers are valid from now on. None if there
   * is no such file, if it is not whole, or if it was made by another JDK.
   *
   * @param detects whether the race detector is woven in
   * @throws IllegalStateException if this JVM has woven something already
   */
  public static KeptClasses begin(boolean detects) {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return none();
    }
    try {
      return begin(Files.readAllBytes(Path.of(file)), detects);
    } catch (IOException e) {
      return none(); // they are woven again, which costs time and nothing else
    }
  }

  static KeptClasses begin(byte[] contents, boolean detects) {
    ByteBuffer in = ByteBuffer.wrap(contents);
    if (contents.length < HEADER || in.getInt(0) != contents.length) {
      return none();
    }
    KeptClasses kept = new KeptClasses(in);
    ByteBuffer tables = in.duplicate().position(in.getInt(Integer.BYTES));
    return kept.string(tables.getInt()).equals(maker(detects)) ? kept.with(tables) : none();
  }

  private static String maker(boolean detects) {
    return System.getProperty("java.vm.version") + (detects ? " with detector" : " without");
  }

  private KeptClasses with(ByteBuffer tables) {
    int sites = tables.getInt();
    int firstSite = skip(tables, sites * SITE);
    int fields = tables.getInt();
    int firstField = skip(tables, fields * FIELD);
    int methods = tables.getInt();
    int firstMethod = skip(tables, methods * METHOD);
    Site.begin(sites, number -> site(firstSite + number * SITE));
    FieldRef.begin(fields, number -> field(firstField + number * FIELD));
    MethodName.begin(methods, index -> method(firstMethod + index * METHOD));
    WovenClass.begin(tables.getInt());
    for (int left = tables.getInt(); left > 0; left--) {
      sections.put(string(tables.getInt()), tables.getInt());
    }
    return this;
  }

  private static int skip(ByteBuffer tables, int length) {
    int start = tables.position();
    tables.position(start + length);
    return start;
  }

  private Site site(int at) {
    int file = in.getInt(at + 2 * Integer.BYTES);
    return new Site(
        string(in.getInt(at)),
        string(in.getInt(at + Integer.BYTES)),
        file == NULL ? null : string(file),
        in.getInt(at + 3 * Integer.BYTES));
  }

  private FieldRef field(int at) {
    int descriptor = in.getInt(at + 2 * Integer.BYTES);
    return new FieldRef(
        string(in.getInt(at)),
        string(in.getInt(at + Integer.BYTES)),
        descriptor == NULL ? null : string(descriptor));
  }

  private MethodName method(int at) {
    return new MethodName(string(in.getInt(at)), string(in.getInt(at + Integer.BYTES)));
  }

  private String string(int number) {
    int at = in.getInt(strings + number * Integer.BYTES);
    return new String(in.array(), at + Integer.BYTES, in.getInt(at), StandardCharsets.UTF_8);
  }

  /** How many there are. */
  public int count() {
    return sections.size();
  }

  /** A class of the JDK; null if it is not here. */
  @Nullable Entry ofJdk(String name) {
    Integer section = sections.get(name);
    return section == null ? null : entry(name, section);
  }

  /**
   * Another class; null if it is not here or has changed, and the second time, since its numbers
   * are those of one class.
   */
  @Nullable Entry take(String name, byte[] original) {
    Integer section = sections.get(name);
    if (section == null || in.getLong(section) != checksum(original)) {
      return null;
    }
    synchronized (sections) {
      return sections.remove(name) == null ? null : entry(name, section);
    }
  }

  static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private Entry entry(String name, int position) {
    ByteBuffer section = in.duplicate().position(position);
    long original = section.getLong();
    int number = section.getInt();
    List<WovenClass.Field> fields = new ArrayList<>();
    for (int left = section.getInt(); left > 0; left--) {
      fields.add(
          new WovenClass.Field(
              string(section.getInt()), string(section.getInt()), section.getInt()));
    }
    List<String> parents = strings(section);
    Set<String> finals = new HashSet<>(strings(section));
    List<String> uses = strings(section);
    byte[] woven = new byte[section.getInt()];
    section.get(woven);
    return new Entry(
        name,
        original,
        woven.length == 0 ? null : woven,
        number,
        fields,
        new Hierarchy.Parents(parents, finals),
        uses);
  }

  private List<String> strings(ByteBuffer section) {
    List<String> found = new ArrayList<>();
    for (int left = section.getInt(); left > 0; left--) {
      found.add(string(section.getInt()));
    }
    return found;
  }

  /** The contents of a file with these classes and all numbers that this JVM has given. */
  static byte[] contents(List<Entry> entries, boolean detects) {
    try {
      return new Writer().file(entries, maker(detects));
    } catch (IOException e) {
      throw new IllegalStateException("writing into memory", e);
    }
  }

  private static final class Writer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    byte[] file(List<Entry> entries, String maker) throws IOException {
      out.write(new byte[HEADER]);
      Map<String, Integer> positions = new LinkedHashMap<>();
      for (Entry entry : entries) {
        positions.put(entry.name(), bytes.size());
        section(entry);
      }
      int tables = bytes.size();
      string(maker);
      numbers();
      out.writeInt(positions.size());
      for (Map.Entry<String, Integer> each : positions.entrySet()) {
        string(each.getKey());
        out.writeInt(each.getValue());
      }
      List<Integer> starts = new ArrayList<>();
      for (String string : numbers.keySet()) {
        starts.add(bytes.size());
        byte[] text = string.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
      int strings = bytes.size();
      for (int start : starts) {
        out.writeInt(start);
      }
      ByteBuffer file = ByteBuffer.wrap(bytes.toByteArray());
      return file.putInt(file.capacity()).putInt(tables).putInt(strings).array();
    }

    private void section(Entry entry) throws IOException {
      out.writeLong(entry.original());
      out.writeInt(entry.number());
      out.writeInt(entry.fields().size());
      for (WovenClass.Field field : entry.fields()) {
        string(field.name());
        string(field.descriptor());
        out.writeInt(field.access());
      }
      strings(entry.parents().names());
      strings(entry.parents().finals());
      strings(entry.uses());
      byte[] woven = entry.woven();
      out.writeInt(woven == null ? 0 : woven.length);
      if (woven != null) {
        out.write(woven);
      }
    }

    private void numbers() throws IOException {
      out.writeInt(Site.count());
      for (int number = 0; number < Site.count(); number++) {
        Site site = Site.of(number);
        string(site.type());
        string(site.method());
        string(site.file());
        out.writeInt(site.line());
      }
      out.writeInt(FieldRef.count());
      for (int number = 0; number < FieldRef.count(); number++) {
        FieldRef field = FieldRef.of(number);
        string(field.owner());
        string(field.name());
        string(field.descriptor());
      }
      MethodName[] methods = MethodName.all();
      out.writeInt(methods.length);
      for (MethodName method : methods) {
        string(method.owner());
        string(method.name());
      }
      out.writeInt(WovenClass.numbers());
    }

    private void strings(Collection<String> all) throws IOException {
      out.writeInt(all.size());
      for (String each : all) {
        string(each);
      }
    }

    private void string(@Nullable String text) throws IOException {
      if (text == null) {
        out.writeInt(NULL);
        return;
      }
      Integer number = numbers.get(text);
      if (number == null) {
        number = numbers.size();
        numbers.put(text, number);
      }
      out.writeInt(number);
    }
  }
}
