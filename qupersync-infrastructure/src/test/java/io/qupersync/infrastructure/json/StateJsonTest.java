package io.qupersync.infrastructure.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {

  @Test
  void gives_back_what_it_was_given() {
    var object = new LinkedHashMap<String, Object>();
    object.put("plain", "text");
    object.put("odd \"key\"\n", "\0 \u001f \\ \" \t é € \uD83D\uDE00");
    object.put("half", "a\uD83D b\uDE00");
    object.put("nothing", null);
    object.put("list", new ArrayList<>(Arrays.asList("a", null, List.of(), Map.of())));

    assertThat(StateJson.read(StateJson.write(object))).isEqualTo(object);
  }

  @Test
  void writes_whole_numbers() {
    assertThat(StateJson.write(List.of(4711L, -1L))).isEqualTo("[4711,-1]");
  }

  @Test
  void reads_what_postgresql_writes() {
    assertThat(StateJson.read(" { \"a\" : [ \"\\u00e9\\/\\b\\f\" , null ] , \"b\" : { } } "))
        .isEqualTo(Map.of("a", Arrays.asList("é/\b\f", null), "b", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[\"a\"", "\"a", "\"\\u00", "\"\\x\"", "nul", "1", "{}x", "{\"a\"}"})
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> StateJson.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
