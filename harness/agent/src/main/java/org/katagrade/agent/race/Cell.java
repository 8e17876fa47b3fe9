package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered in one place: an access, several reads, the end of a constructor, or the order
 * of a volatile field. Woven classes hold their shadows as arrays of these.
 */
public abstract sealed class Cell permits Access, ReadSet, Freeze, SyncVar {

  /** In which nothing new would be told by a plain access like this one; null if there is none. */
  final @Nullable Epoch epoch;

  Cell(@Nullable Epoch epoch) {
    this.epoch = epoch;
  }
}
