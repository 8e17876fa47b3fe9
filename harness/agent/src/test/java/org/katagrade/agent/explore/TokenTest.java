package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2",
        "kata-08.wakesEveryWaiter.-9223372036854775808.=1.2~0000",
        "turnstile.a$1_b.0.-~ffff"
      })
  void isReadAsItWasWritten(String text) {
    assertThat(Token.parse(text).text()).isEqualTo(text);
  }

  @Test
  void hasParts() {
    Token token = Token.parse("kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2");

    assertThat(token)
        .isEqualTo(
            new Token("kata-08", "wakesEveryWaiter", 1, Schedule.parse("0.3-1.1-t-1.3"), "a1b2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | '' is no token; a token
          kata-08              | 'kata-08' is no token; a token
          kata-08.puts.1.0.3   | is no token; a token
          kata-08.puts.1.0.3~A1B2 | its fingerprint cannot be 'A1B2'
          kata-08.puts.1.0.3~a1b  | its fingerprint cannot be 'a1b'
          kata-08.puts.x.0.3~a1b2 | its seed, 'x', is no number
          kata-08.puts.1.0.3-9~a1b2 | '9' is no turn
          kata-08.2puts.1.0.3~a1b2 | its check cannot be '2puts'
          kata 08.puts.1.0.3~a1b2 | its kata cannot be 'kata 08'
          kata-08.puts.1.0.3~a1b2~a1b2 | is no token; a token
          """)
  void refusesWhatIsNone(String text, String message) {
    assertThatThrownBy(() -> Token.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("a token looks like kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2");
  }

  @Test
  void fingerprintsDifferWithNamesAndCode() {
    TreeMap<String, byte[]> classes = new TreeMap<>();
    classes.put("kata08.Solution", new byte[] {1, 2, 3});
    String one = Token.fingerprint(classes);
    classes.put("kata08.Solution", new byte[] {1, 2, 4});
    String otherCode = Token.fingerprint(classes);
    classes.clear();
    classes.put("kata08.Other", new byte[] {1, 2, 3});
    String otherName = Token.fingerprint(classes);

    assertThat(one).matches("[0-9a-f]{4}").isNotEqualTo(otherCode).isNotEqualTo(otherName);
    assertThat(otherCode).isNotEqualTo(otherName);
  }
}
