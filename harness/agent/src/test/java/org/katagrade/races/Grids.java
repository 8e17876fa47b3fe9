package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Arrays of arrays. */
final class Grids {

  private static final String APART =
      "JLS 17.6: elements are distinct variables, whoever uses their neighbours";

  private Grids() {}

  @RaceFree("JLS 17.4.5: the element is read and written by its own thread, the others only read")
  static void rowsOfAProduct(Fork fork) throws InterruptedException {
    int size = 6;
    int[][] left = new int[size][size];
    int[][] right = new int[size][size];
    for (int i = 0; i < size; i++) {
      left[i][i] = 2;
      right[i][size - 1 - i] = i;
    }
    int[][] product = new int[size][size];
    Thread[] threads = new Thread[size];
    for (int i = 0; i < size; i++) {
      int row = i;
      threads[i] = fork.thread(() -> multiplyRow(left, right, product, row));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (product[5][0] != 10 || product[3][2] != 6) {
      throw new AssertionError(product[5][0]);
    }
  }

  @RaceFree(APART)
  static void columnsOfOneGrid(Fork fork) throws InterruptedException {
    char[][] grid = new char[4][2];
    TwoThreads.together(fork, () -> fillColumn(grid, 0, 'x'), () -> fillColumn(grid, 1, 'y'));
    for (char[] row : grid) {
      if (!new String(row).equals("xy")) {
        throw new AssertionError(new String(row));
      }
    }
  }

  @Racy
  static void sameColumnTwice(Fork fork) throws InterruptedException {
    char[][] grid = new char[4][2];
    TwoThreads.together(fork, () -> fillColumn(grid, 1, 'x'), () -> fillColumn(grid, 1, 'y'));
  }

  @Racy
  static void rowReplaced(Fork fork) throws InterruptedException {
    int[][] grid = new int[2][3];
    Thread writer = fork.thread(() -> grid[1] = new int[3]); // race: rowReplaced
    writer.start();
    int length = grid[1].length; // race: rowReplaced
    writer.join();
    if (length != 3) {
      throw new AssertionError(length);
    }
  }

  @Racy
  static void neighbourInTheGameOfLife(Fork fork) throws InterruptedException {
    boolean[][] cells = new boolean[3][3];
    TwoThreads.together(
        fork,
        () -> cells[0][1] = cells[1][1], // race: neighbourInTheGameOfLife
        () -> cells[1][1] = cells[2][1]); // race: neighbourInTheGameOfLife
  }

  @RaceFree("JLS 17.4.5: what is read was complete before the threads started")
  static void nextGeneration(Fork fork) throws InterruptedException {
    boolean[][] cells = new boolean[3][3];
    cells[1][1] = true;
    boolean[][] next = new boolean[3][3];
    TwoThreads.together(
        fork, () -> next[0][1] = cells[1][1], () -> next[1][1] = cells[2][1] || cells[1][0]);
    if (!next[0][1] || next[1][1]) {
      throw new AssertionError("wrong cells");
    }
  }

  private static void multiplyRow(int[][] left, int[][] right, int[][] product, int row) {
    for (int column = 0; column < right.length; column++) {
      for (int k = 0; k < right.length; k++) {
        product[row][column] += left[row][k] * right[k][column];
      }
    }
  }

  private static void fillColumn(char[][] grid, int column, char letter) {
    for (int row = 0; row < grid.length; row++) {
      grid[row][column] = letter; // race: sameColumnTwice
    }
  }
}
