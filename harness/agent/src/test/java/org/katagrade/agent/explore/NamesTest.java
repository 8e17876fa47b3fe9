package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

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
  void theAddressOfALambdaIsNotToldOf() {
    Runnable lambda = () -> assertThat(names).isNotNull();

    assertThat(lambda.getClass().getName()).contains("/0x");
    assertThat(names.text(lambda)).isEqualTo("NamesTest$$Lambda#1");
  }
}
