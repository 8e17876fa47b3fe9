package org.katagrade.grader.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The best scores, by course and kata, in one JSON file.
 *
 * <p>Safe with many graders at once: writers take turns by a lock beside the file, and replace the
 * file in one step, so that a reader needs no lock.
 */
public final class Scores {

  /** A file lock belongs to the process; its threads take turns by this. */
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Path folder;
  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Scores.
   *
   * @param folder where to keep them, made when there is something to keep
   */
  public Scores(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("scores.json");
  }

  /**
   * The best score of a kata, if there is one.
   *
   * @throws IOException if the file is there and cannot be read or understood
   */
  public Optional<BestScore> best(Path course, String kata) throws IOException {
    JsonNode entry = read().path(course.toString()).path(kata);
    if (!entry.isObject()) {
      return Optional.empty();
    }
    try {
      Instant when = Instant.parse(entry.path("when").asText());
      return Optional.of(
          new BestScore(entry.path("score").asInt(), entry.path("most").asInt(), when));
    } catch (DateTimeException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Keeps a score if it is the best so far; returns whether it is. */
  public boolean record(Path course, String kata, BestScore score) throws IOException {
    Files.createDirectories(folder);
    TURN.lock();
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("scores.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      Optional<BestScore> before = best(course, kata);
      if (before.isPresent() && !before.get().isBeatenBy(score)) {
        return false;
      }
      ObjectNode all = read();
      all.withObjectProperty(course.toString())
          .withObjectProperty(kata)
          .put("score", score.score())
          .put("most", score.most())
          .put("when", score.when().toString());
      replace(all);
      return true;
    } finally {
      TURN.unlock();
    }
  }

  private ObjectNode read() throws IOException {
    if (!Files.exists(file)) {
      return json.createObjectNode();
    }
    try {
      if (json.readTree(Files.readAllBytes(file)) instanceof ObjectNode all) {
        return all;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
    throw new IOException(file + " is damaged: it holds no JSON object");
  }

  private void replace(ObjectNode all) throws IOException {
    Path part = Files.createTempFile(folder, "scores", ".part");
    try {
      Files.write(part, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
