package org.katagrade.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  @Test
  void hasGoodDefaults() {
    Options options = Options.parse(null);

    assertThat(options.exit()).isEqualTo(66);
    assertThat(options.noise()).isZero();
    assertThat(options.report()).isNull();
    assertThat(options.watches("com.acme.Any")).isTrue();
    assertThat(options.weaves("com.acme.Any")).isTrue();
  }

  @Test
  void takesEachOption() {
    Options options =
        Options.parse("packages=com.acme:org.acme,woven=com,exit=3,report=r.txt,seed=7,noise=20");

    assertThat(options.exit()).isEqualTo(3);
    assertThat(options.report()).isEqualTo(Path.of("r.txt"));
    assertThat(options.seed()).isEqualTo(7);
    assertThat(options.noise()).isEqualTo(20);
    assertThat(options.watches("com.acme.shop.Cart")).isTrue();
    assertThat(options.watches("org.acme.Cart")).isTrue();
    assertThat(options.watches("com.acmes.Cart")).isFalse();
    assertThat(options.weaves("com.other.Any")).isTrue();
    assertThat(options.weaves("org.acme.Cart")).isFalse();
  }

  @Test
  void leavesTheDetectorOutOnlyOfTheExplorer() {
    assertThat(Options.parse("explore").unwatched()).isFalse();
    assertThat(Options.parse("explore,unwatched").unwatched()).isTrue();
    assertThatThrownBy(() -> Options.parse("unwatched"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unwatched without explore leaves nothing to do");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.parse("packages=com.acme,quick"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option 'quick'")
        .hasMessageContaining("noise=N");
    assertThatThrownBy(() -> Options.parse("exit=often"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exit wants a number, and not 'often'");
    assertThatThrownBy(() -> Options.parse("noise=-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("noise cannot be -1");
  }
}
