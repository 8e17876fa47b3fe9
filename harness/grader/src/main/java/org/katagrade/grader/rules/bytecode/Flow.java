package org.katagrade.grader.rules.bytecode;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/** The ways through a method: which instruction may come after which. */
public final class Flow {

  private final Listing listing;

  Flow(Listing listing) {
    this.listing = listing;
  }

  public List<Handler> handlers() {
    return listing.handlers();
  }

  /** The handlers that may catch what this instruction throws. */
  public List<Handler> handlersOver(int index) {
    return listing.over(index);
  }

  /** What may come next when nothing is thrown. */
  public List<Integer> next(int index) {
    return listing.successors().get(index);
  }

  /** Whether the instruction may come again after itself, with nothing thrown on the way. */
  public boolean inLoop(int index) {
    return after(index).get(index);
  }

  /** What may come after this instruction when nothing is thrown. */
  public BitSet after(int index) {
    return walk(listing.successors().get(index), false, any -> false);
  }

  /** This instruction and what may come after it when nothing is thrown. */
  public BitSet from(int index) {
    return walk(List.of(index), false, any -> false);
  }

  /** What may come after this instruction until one at which to stop, that one included. */
  public BitSet afterUntil(int index, IntPredicate stop) {
    return walk(listing.successors().get(index), false, stop);
  }

  /** This instruction and what may come after it, through exceptions as well. */
  public BitSet fromEvenThrown(int index) {
    return walk(List.of(index), true, any -> false);
  }

  private BitSet walk(List<Integer> begin, boolean thrown, IntPredicate stop) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(begin);
    while (!open.isEmpty()) {
      int index = open.pop();
      if (seen.get(index)) {
        continue;
      }
      seen.set(index);
      if (stop.test(index)) {
        continue;
      }
      listing.successors().get(index).forEach(open::push);
      if (thrown) {
        listing.over(index).forEach(handler -> open.push(handler.entry()));
      }
    }
    return seen;
  }
}
