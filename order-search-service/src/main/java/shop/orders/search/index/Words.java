package shop.orders.search.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text as it is compared: without accents, case and punctuation. Done here and not by an analyser, so that the same function serves
 * the index and the query and any Elasticsearch will do.
 *
 * <p>A text is cut at blanks into chunks. A chunk is found by the beginning of any of its parts, through to wherever the searcher
 * stopped typing: {@code SCP-880090622238-01} by {@code scp}, {@code 8800906}, {@code 880090622238-01}; {@code ana.souza@mail.com} by
 * {@code souza@mail}; {@code 845.134.270-19} by {@code 84513427019}.
 */
final class Words {
  /** Far more than a name, an address and an id have; a text beyond is cut, not refused. */
  private static final int MOST = 200;

  private static final int LONGEST = 128;

  /** What is looked at of a text: as much as all words of a document may have together. */
  private static final int LONGEST_TEXT = MOST * LONGEST;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");
  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Words() {}

  /** What to index: every chunk of every text, from the start of each of its parts to its end. */
  static List<String> indexed(Iterable<@Nullable String> texts) {
    var words = new LinkedHashSet<String>();
    for (var text : texts) {
      if (text == null) continue;
      for (var chunk : BLANKS.split(cut(text, LONGEST_TEXT))) suffixes(chunk, words);
    }
    return words.stream().limit(MOST).toList();
  }

  /** What to look for: each is the beginning of an indexed word of a match. Empty if the text has neither letter nor digit. */
  static List<String> asked(String text) {
    var words = new ArrayList<String>();
    for (var chunk : BLANKS.split(text)) {
      var word = cut(String.join("", parts(chunk)), LONGEST);
      if (!word.isEmpty()) words.add(word);
    }
    return words;
  }

  private static void suffixes(String chunk, Set<String> into) {
    var parts = parts(chunk);
    var joined = String.join("", parts);
    int from = 0;
    for (var part : parts) {
      // No further than a word goes: a chunk of many parts has as many rests, nearly all of them as long as itself.
      into.add(joined.substring(from, Math.min(joined.length(), from + LONGEST)));
      from += part.length();
    }
  }

  private static List<String> parts(String chunk) {
    return PUNCTUATION.splitAsStream(fold(chunk)).filter(part -> !part.isEmpty()).toList();
  }

  private static String fold(String text) {
    var bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    // Letters that Unicode does not take apart.
    return bare.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d").replace("ı", "i");
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
