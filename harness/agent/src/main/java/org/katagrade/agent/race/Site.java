package org.katagrade.agent.race;

import java.util.concurrent.atomic.AtomicInteger;
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
  private static volatile Site[] all = new Site[1024];

  /** The number of no site. */
  public static final int NONE = register(new Site("", "", null, 0));

  /** Gives the site a number. */
  public static int register(Site site) {
    synchronized (COUNT) {
      int number = COUNT.getAndIncrement();
      Site[] sites = all;
      if (number == sites.length) {
        sites = java.util.Arrays.copyOf(sites, 2 * number);
      }
      sites[number] = site;
      all = sites;
      return number;
    }
  }

  /** The site of this number. */
  public static Site of(int number) {
    return all[number];
  }

  @Override
  public String toString() {
    String where = file == null ? "Unknown Source" : line == 0 ? file : file + ":" + line;
    return type + "." + method + "(" + where + ")";
  }
}
