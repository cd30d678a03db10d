package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v502556llux-01         | v502556llux      | true",
        "v502556llux-01         | V502556LLUX-01   | true",
        "v502556llux-01         | 01               | true",
        "v502556llux-01         | 502556           | false",
        "SCP-880090622238-01    | 8800906          | true",
        "SCP-880090622238-01    | scp-8800         | true",
        "845.134.270-19         | 84513427019      | true",
        "84513427019            | 845.134.270-19   | true",
        "ana.souza@mail.com     | souza@mail       | true",
        "ana.souza@mail.com     | @mail.com        | true",
        "José da Conceição      | conceicao jose   | true",
        "Jose da Conceicao      | CONCEIÇÃO        | true",
        "Jose da Conceicao      | josé maria       | false",
        "Straße Øst Łódź        | strasse ost lodz | true",
        "BWW-Lojas_Americanas-2 | americanas       | true",
      })
  void text_isFoundByWhatPeopleType(String text, String typed, boolean found) {
    var indexed = Words.indexed(List.of(text));
    assertThat(Words.asked(typed)).isNotEmpty();
    assertThat(Words.asked(typed).stream().allMatch(asked -> indexed.stream().anyMatch(word -> word.startsWith(asked)))).isEqualTo(found);
  }

  @Test
  void nothing_isNoWord() {
    assertThat(Words.indexed(Arrays.asList(null, "", " - ", "***"))).isEmpty();
    assertThat(Words.asked(" - *** ")).isEmpty();
  }

  @Test
  void endlessText_isCut() {
    assertThat(Words.indexed(List.of("a-".repeat(10_000)))).hasSizeLessThanOrEqualTo(200).allMatch(word -> word.length() <= 128);
  }
}
