package org.katagrade.agent.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Those that could go on, as a chooser sees them. */
final class Ready implements Candidates {

  private Strand[] strands = new Strand[16];
  private int size;
  private boolean time;
  private int current;
  private int threads;

  void clear(int threadsSoFar) {
    size = 0;
    time = false;
    current = -1;
    threads = threadsSoFar;
  }

  void add(Strand strand, @Nullable Strand last) {
    if (size == strands.length) {
      strands = Arrays.copyOf(strands, 2 * size);
    }
    if (strand == last) {
      current = size;
    }
    strands[size++] = strand;
  }

  void addTime() {
    time = true;
  }

  /** How many threads there are among them. */
  int strands() {
    return size;
  }

  Strand strand(int index) {
    return strands[index];
  }

  @Override
  public int size() {
    return time ? size + 1 : size;
  }

  @Override
  public int thread(int index) {
    return index < size ? strands[index].number : -1;
  }

  @Override
  public boolean isTime(int index) {
    return index == size;
  }

  @Override
  public int object(int index) {
    return index < size ? strands[index].object : ANYTHING;
  }

  @Override
  public boolean reads(int index) {
    return index < size && strands[index].reads;
  }

  @Override
  public boolean yields(int index) {
    return index < size && strands[index].yields;
  }

  @Override
  public int current() {
    return current;
  }

  @Override
  public int threads() {
    return threads;
  }
}
