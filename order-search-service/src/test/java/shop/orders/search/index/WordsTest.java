package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** What is kept of {@code a-a-a-...} is what takes long to find out if each part's rest is put together. */
  @Test
  void hugeTextOfManyParts_costsNoMoreThanWhatIsKeptOfIt() {
    for (var text : List.of("a-".repeat(2_500_000), "a ".repeat(2_500_000), "-".repeat(5_000_000), "\ufdfa".repeat(5_000_000))) {
      var words = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Words.indexed(List.of(text, "ana@mail.com")));
      assertThat(words).contains("anamailcom", "mailcom").hasSizeLessThanOrEqualTo(200).allMatch(word -> word.length() <= 128);
    }
  }

  @Test
  void ordinaryTexts_giveEveryRestOfEveryChunk() {
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      var texts = Stream.generate(() -> ordinary(random)).limit(random.nextInt(1, 30)).toList();
      assertThat(Words.indexed(texts)).isEqualTo(byDefinition(texts));
    }
  }

  private static String ordinary(Random random) {
    var pieces = List.of("ana", "José", "Straße", "Łódź", "İ", "ﬁn", "٣", "가", "845", "x".repeat(70), "e\u0301", "😀", ".", "-", "@", "--", "_", " ", "\u00a0", "\t", "'");
    return Stream.generate(() -> pieces.get(random.nextInt(pieces.size()))).limit(random.nextInt(1, 40)).collect(Collectors.joining());
  }

  /** Plainly, however long it takes. */
  private static List<String> byDefinition(List<String> texts) {
    var words = new LinkedHashSet<String>();
    for (var text : texts) {
      for (var chunk : text.split("[\\s\\u00a0]+")) {
        var bare = Normalizer.normalize(chunk, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT);
        bare = bare.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d").replace("ı", "i");
        var parts = Arrays.stream(bare.split("[^\\p{L}\\p{N}]+")).filter(part -> !part.isEmpty()).toList();
        for (int from = 0; from < parts.size(); from++) {
          var rest = String.join("", parts.subList(from, parts.size()));
          words.add(rest.substring(0, Math.min(128, rest.length())));
        }
      }
    }
    return words.stream().limit(200).toList();
  }
}
