package org.katagrade.grader.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacesTest {

  private static final Path HOME = Path.of("/home/ada");

  @Test
  void linuxUsesTheFoldersOfTheXdgSpecification() {
    assertThat(Places.of("Linux", HOME, Map.of()))
        .isEqualTo(
            new Places(HOME.resolve(".local/state/katagrade"), HOME.resolve(".cache/katagrade")));
    assertThat(
            Places.of(
                "Linux", HOME, Map.of("XDG_STATE_HOME", "/state", "XDG_CACHE_HOME", "/cache")))
        .isEqualTo(new Places(Path.of("/state/katagrade"), Path.of("/cache/katagrade")));
  }

  @Test
  void relativeAndEmptyVariablesAreIgnored() {
    assertThat(Places.of("Linux", HOME, Map.of("XDG_STATE_HOME", "state", "XDG_CACHE_HOME", "")))
        .isEqualTo(Places.of("Linux", HOME, Map.of()));
  }

  @Test
  void macUsesTheLibrary() {
    assertThat(Places.of("Mac OS X", HOME, Map.of("XDG_STATE_HOME", "/state")))
        .isEqualTo(
            new Places(
                HOME.resolve("Library/Application Support/katagrade"),
                HOME.resolve("Library/Caches/katagrade")));
  }

  @Test
  void windowsUsesLocalData() {
    assertThat(Places.of("Windows 11", HOME, Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(new Places(Path.of("/local/katagrade"), Path.of("/local/katagrade/cache")));
  }
}
