package org.katagrade.bench;

import org.jspecify.annotations.Nullable;

/** Binary trees that are built, counted and dropped: nothing but allocation. */
final class Trees {

  private record Node(@Nullable Node left, @Nullable Node right) {

    int count() {
      return 1 + (left == null ? 0 : left.count()) + (right == null ? 0 : right.count());
    }
  }

  private static Node build(int height) {
    return height == 0 ? new Node(null, null) : new Node(build(height - 1), build(height - 1));
  }

  /** Builds so many; returns how many nodes they had. */
  int build(int times, int height) {
    int nodes = 0;
    for (int i = 0; i < times; i++) {
      nodes += build(height).count();
    }
    return nodes;
  }
}
