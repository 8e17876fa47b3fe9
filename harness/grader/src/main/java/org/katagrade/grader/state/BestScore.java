package org.katagrade.grader.state;

import java.time.Instant;

/**
 * The best score a kata was ever given on this machine.
 *
 * @param most points there were to win, bonus aside
 * @param when it was first reached
 */
public record BestScore(int score, int most, Instant when) {

  boolean isBeatenBy(BestScore other) {
    return other.score > score;
  }
}
