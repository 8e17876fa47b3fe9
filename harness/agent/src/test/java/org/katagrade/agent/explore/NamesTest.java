package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

class NamesTest {

  private final Names names = new Names();

  @Test
  void objectsOfAClassAreNumbered() {
    Object one = new Object();
    Object other = new Object();

    assertThat(names.text(one)).isEqualTo("Object#1");
    assertThat(names.text(other)).isEqualTo("Object#2");
    assertThat(names.text(one)).isEqualTo("Object#1");
  }

  @Test
  void aLockHasOneNumberHoweverItIsHeld() {
    StampedLock first = new StampedLock();
    StampedLock stamped = new StampedLock();

    assertThat(names.text(first.asWriteLock())).isEqualTo("StampedLock#1");
    assertThat(names.text(stamped)).isEqualTo("StampedLock#2");
    assertThat(names.text(stamped.asReadLock())).isEqualTo("StampedLock#2");
    assertThat(names.text(stamped.asWriteLock())).isEqualTo("StampedLock#2");
    assertThat(names.text(stamped.asReadWriteLock())).isEqualTo("StampedLock#2");
  }

  @Test
  void theHalvesOfALockHaveItsNumber() {
    ReentrantReadWriteLock one = new ReentrantReadWriteLock();
    ReentrantReadWriteLock other = new ReentrantReadWriteLock();

    assertThat(names.text(one.readLock())).isEqualTo("ReentrantReadWriteLock$ReadLock#1");
    assertThat(names.text(other.writeLock())).isEqualTo("ReentrantReadWriteLock$WriteLock#2");
    assertThat(names.text(one.writeLock())).isEqualTo("ReentrantReadWriteLock$WriteLock#1");
    assertThat(names.text(other.readLock())).isEqualTo("ReentrantReadWriteLock$ReadLock#2");
    assertThat(names.text(one)).isEqualTo("ReentrantReadWriteLock#1");
  }

  @Test
  void theAddressOfALambdaIsNotToldOf() {
    Runnable lambda = () -> assertThat(names).isNotNull();

    assertThat(lambda.getClass().getName()).contains("/0x");
    assertThat(names.text(lambda)).isEqualTo("NamesTest$$Lambda#1");
  }
}
