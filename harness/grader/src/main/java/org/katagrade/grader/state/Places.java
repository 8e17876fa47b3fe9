package org.katagrade.grader.state;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which a platform wants a program's files of this user.
 *
 * @param state for what must last, such as best scores
 * @param cache for what can be made again
 */
public record Places(Path state, Path cache) {

  private static final String NAME = "katagrade";

  /**
   * The places of a platform.
   *
   * @param system the system's name, as in {@code os.name}
   * @param home the user's home folder
   */
  public static Places of(String system, Path home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      Path data = folder(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
      return new Places(data.resolve(NAME), data.resolve(NAME).resolve("cache"));
    }
    if (name.startsWith("mac")) {
      Path library = home.resolve("Library");
      return new Places(
          library.resolve("Application Support").resolve(NAME),
          library.resolve("Caches").resolve(NAME));
    }
    return new Places(
        folder(environment.get("XDG_STATE_HOME"), home.resolve(".local/state")).resolve(NAME),
        folder(environment.get("XDG_CACHE_HOME"), home.resolve(".cache")).resolve(NAME));
  }

  /** What the variable says, if that is an absolute path; the XDG specification wants it so. */
  private static Path folder(@Nullable String said, Path otherwise) {
    return said != null && !said.isEmpty() && Path.of(said).isAbsolute()
        ? Path.of(said)
        : otherwise;
  }
}
