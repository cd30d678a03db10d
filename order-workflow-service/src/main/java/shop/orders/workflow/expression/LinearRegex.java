package shop.orders.workflow.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a function, as JSONata has it. The JDK's cannot be stopped once they begin, and some never end; these take time
 * in proportion to the text.
 */
final class LinearRegex extends JFunction {
  /** Length times what its counted repetitions multiply to: each is written out as often as it says. */
  static final long MOST_PARTS = 20_000;

  private static final java.util.regex.Pattern COUNTED = java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private final Pattern pattern;

  private LinearRegex(Pattern pattern) {
    // For the signature alone: one argument, of any kind. The method named is never called.
    super("match", "<x:x>", Functions.class, null, "exists");
    this.pattern = pattern;
  }

  /**
   * How much it comes to, with each counted repetition written out.
   *
   * @throws Refused if that is too much
   */
  static long parts(java.util.regex.Pattern asked, int position) {
    long parts = asked.pattern().length();
    for (var counted = COUNTED.matcher(asked.pattern()); counted.find(); ) {
      var last = counted.group(2) == null || counted.group(2).isEmpty() ? counted.group(1) : counted.group(2);
      parts *= Math.max(1, Long.parseLong(last));
      if (parts > MOST_PARTS) throw new Refused("The regular expression repeats too much", position);
    }
    return parts;
  }

  /** @throws Refused if it looks around or refers back */
  static LinearRegex of(java.util.regex.Pattern asked, int position) {
    int flags = 0;
    if ((asked.flags() & java.util.regex.Pattern.CASE_INSENSITIVE) != 0) flags |= Pattern.CASE_INSENSITIVE;
    if ((asked.flags() & java.util.regex.Pattern.MULTILINE) != 0) flags |= Pattern.MULTILINE;
    try {
      return new LinearRegex(Pattern.compile(asked.pattern(), flags));
    } catch (PatternSyntaxException e) {
      throw new Refused("The regular expression is not supported, " + e.getDescription() + ": look-around and references back are not", position);
    }
  }

  Matcher matcher(String text) {
    return pattern.matcher(new MeteredText(text));
  }

  /** The first match, from which the next can be had; nothing for what is no text. */
  @Override
  public @Nullable Object call(@Nullable Object input, @SuppressWarnings("rawtypes") List arguments) {
    return !arguments.isEmpty() && arguments.get(0) instanceof String text ? next(matcher(text)) : null;
  }

  private static @Nullable Map<String, Object> next(Matcher matcher) {
    Budget.current().charge(1);
    if (!matcher.find()) return null;
    var match = new LinkedHashMap<String, Object>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups(matcher));
    match.put("next", (com.dashjoin.jsonata.Jsonata.Fn0<@Nullable Object>) () -> next(matcher));
    return match;
  }

  /** What its groups found, null for one that took no part. */
  static List<@Nullable String> groups(Matcher matcher) {
    var groups = new ArrayList<@Nullable String>();
    for (int i = 1; i <= matcher.groupCount(); i++) groups.add(matcher.group(i));
    return groups;
  }
}
