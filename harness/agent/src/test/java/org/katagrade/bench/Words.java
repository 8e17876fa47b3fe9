package org.katagrade.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Words counted and ranked: nothing but collections. */
final class Words {

  private final List<String> text = new ArrayList<>();

  Words(int size) {
    for (int i = 0; i < size; i++) {
      text.add("word" + (int) Math.sqrt(i * 7919 % size));
    }
  }

  /** Counts them; returns the most frequent one. */
  String mostFrequent() {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : text) {
      counts.merge(word, 1, Integer::sum);
    }
    TreeMap<Integer, List<String>> ranks = new TreeMap<>();
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      ranks.computeIfAbsent(entry.getValue(), any -> new ArrayList<>()).add(entry.getKey());
    }
    return ranks.lastEntry().getValue().getFirst();
  }
}
