package org.katagrade.grader.kata;

/**
 * How many letters must be changed, added, removed or swapped with the next one to turn one word
 * into another.
 */
final class EditDistance {

  private EditDistance() {}

  static int between(String from, String to) {
    int[] beforeThat = new int[0];
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforeThat[j - 2] + 1);
        }
      }
      beforeThat = previous;
      previous = current;
    }
    return previous[to.length()];
  }
}
