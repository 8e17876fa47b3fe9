package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.sandbox.Level;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * The sandbox that children of this grader run in: the best that this machine has, or that {@code
 * GRADE_SANDBOX} in the environment, a level's number, lets it try.
 */
public final class Isolation {

  private static final String MOST = "GRADE_SANDBOX";
  private static final long MOST_SECONDS = 10;

  private static @Nullable Sandbox best;

  private Isolation() {}

  /** Tried once, when it is first asked for. */
  public static synchronized Sandbox best() throws InterruptedException {
    Sandbox known = best;
    if (known == null) {
      Level most = Level.numbered(System.getenv().getOrDefault(MOST, "")).orElse(Level.FULL);
      known = Sandbox.best(most, Isolation::failure);
      best = known;
    }
    return known;
  }

  /** What comes of running something in a sandbox, if that is not success. */
  public static Optional<String> failure(Sandbox candidate) throws InterruptedException {
    Process process;
    try {
      process =
          LiveChildren.start(
              temporary ->
                  candidate.around(
                      List.of("/usr/bin/env", "true"), temporary, List.of(), List.of()));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return Optional.of("bubblewrap hangs");
      }
      int code = process.exitValue();
      String said =
          new String(process.getErrorStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
      return code == 0
          ? Optional.empty()
          : Optional.of(said.isEmpty() ? "bubblewrap ends with exit code " + code : said);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      LiveChildren.end(process);
    }
  }
}
