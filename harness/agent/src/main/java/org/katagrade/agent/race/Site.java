package org.katagrade.agent.race;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A place in the program: the line of one method. Woven code names it by a number.
 *
 * @param type the class, as {@link Class#getName()} says it
 * @param method the method's name
 * @param file the source file, if the class file says so
 * @param line the line, 0 if it is unknown
 */
public record Site(String type, String method, @Nullable String file, int line) {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static volatile @Nullable Site[] all = new @Nullable Site[1024];

  /** Those that an earlier JVM has numbered, as far as nobody has asked for them. */
  private static volatile @Nullable IntFunction<Site> earlier;

  /** The number of no site. */
  public static final int NONE = register(new Site("", "", null, 0));

  /**
   * Takes over the numbers of an earlier JVM; called before there are others.
   *
   * @param count how many there are, {@link #NONE} among them
   */
  public static void begin(int count, IntFunction<Site> earlier) {
    synchronized (COUNT) {
      if (COUNT.get() != NONE + 1) {
        throw new IllegalStateException("sites have been numbered already");
      }
      COUNT.set(count);
      all = Arrays.copyOf(all, Math.max(all.length, count));
      Site.earlier = earlier;
    }
  }

  /** How many numbers there are. */
  public static int count() {
    return COUNT.get();
  }

  /** Gives the site a number. */
  public static int register(Site site) {
    synchronized (COUNT) {
      int number = COUNT.getAndIncrement();
      @Nullable Site[] sites = all;
      if (number == sites.length) {
        sites = Arrays.copyOf(sites, 2 * number);
      }
      sites[number] = site;
      all = sites;
      return number;
    }
  }

  /** The site of this number. */
  public static Site of(int number) {
    Site known = all[number];
    return known == null ? Objects.requireNonNull(earlier).apply(number) : known;
  }

  @Override
  public String toString() {
    String where = file == null ? "Unknown Source" : line == 0 ? file : file + ":" + line;
    return type + "." + method + "(" + where + ")";
  }
}
