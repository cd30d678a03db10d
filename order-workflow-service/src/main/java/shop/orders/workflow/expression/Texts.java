package shop.orders.workflow.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions on texts that know regular expressions, and those that could make a text of any length. Null for what is not there. */
final class Texts {
  private Texts() {}

  static @Nullable String pad(Builtin.Arguments arguments) {
    var text = arguments.text(0);
    var width = arguments.number(1);
    if (text == null || width == null) return null;
    var with = arguments.text(2) == null || arguments.text(2).isEmpty() ? " " : arguments.text(2);
    long missing = Math.abs(width.longValue()) - text.codePointCount(0, text.length());
    if (missing <= 0) return text;
    Budget.current().charge(1 + missing / 16 + Weights.ofText(with));
    var filler = new StringBuilder();
    var points = with.codePoints().toArray();
    for (int i = 0; i < missing; i++) filler.appendCodePoint(points[i % points.length]);
    return width.longValue() < 0 ? filler + text : text + filler;
  }

  static @Nullable Boolean contains(Builtin.Arguments arguments) {
    var text = arguments.text(0);
    if (text == null) return null;
    if (arguments.get(1) instanceof String part) return text.contains(part);
    return regex(arguments.get(1)).matcher(text).find();
  }

  static @Nullable List<Object> match(Builtin.Arguments arguments) {
    var text = arguments.text(0);
    if (text == null) return null;
    long limit = limit(arguments.number(2));
    var found = Utils.createSequence();
    var matcher = regex(arguments.get(1)).matcher(text);
    while (found.size() < limit && found(matcher)) {
      var one = new LinkedHashMap<String, Object>();
      one.put("match", matcher.group());
      one.put("index", matcher.start());
      one.put("groups", LinearRegex.groups(matcher));
      found.add(one);
    }
    return found;
  }

  static @Nullable List<String> split(Builtin.Arguments arguments) {
    var text = arguments.text(0);
    if (text == null) return null;
    long limit = limit(arguments.number(2));
    var parts = new ArrayList<String>();
    if (arguments.get(1) instanceof String separator) {
      if (separator.isEmpty()) text.chars().limit(limit).forEach(c -> parts.add(kept(String.valueOf((char) c))));
      else split(text, separator, limit, parts);
      return parts;
    }
    int from = 0;
    var matcher = regex(arguments.get(1)).matcher(text);
    while (parts.size() < limit && found(matcher)) {
      parts.add(kept(text.substring(from, matcher.start())));
      from = matcher.end();
    }
    if (parts.size() < limit) parts.add(text.substring(from));
    return parts;
  }

  private static void split(String text, String separator, long limit, List<String> parts) {
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0 && parts.size() < limit; at = text.indexOf(separator, from)) {
      parts.add(kept(text.substring(from, at)));
      from = at + separator.length();
    }
    if (parts.size() < limit) parts.add(text.substring(from));
  }

  static @Nullable String replace(Builtin.Arguments arguments) {
    var text = arguments.text(0);
    if (text == null) return null;
    long limit = limit(arguments.number(3));
    var result = new StringBuilder();
    int from = 0;
    if (arguments.get(1) instanceof String part) {
      if (part.isEmpty()) throw new JException("D3010", -1);
      if (!(arguments.get(2) instanceof String by)) throw new JException("D3012", -1);
      for (int at = text.indexOf(part); at >= 0 && limit-- > 0; at = text.indexOf(part, from)) {
        result.append(text, from, at).append(kept(by));
        from = at + part.length();
      }
    } else {
      var matcher = regex(arguments.get(1)).matcher(text);
      while (limit-- > 0 && found(matcher)) {
        result.append(text, from, matcher.start()).append(kept(replacement(matcher, arguments.get(2))));
        from = matcher.end();
      }
    }
    return result.append(text, from, text.length()).toString();
  }

  private static String replacement(Matcher matcher, @Nullable Object by) {
    if (by instanceof String template) return filled(template, matcher);
    var match = new LinkedHashMap<String, Object>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", LinearRegex.groups(matcher));
    if (apply(by, match) instanceof String result) return result;
    throw new JException("D3012", -1);
  }

  private static @Nullable Object apply(@Nullable Object function, Map<String, Object> match) {
    try {
      return Functions.funcApply(function, List.of(match));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code $0} is the whole match, {@code $1} the first group, {@code $$} a dollar; of more digits, as many as name a group. */
  private static String filled(String template, Matcher matcher) {
    var filled = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      char next = i + 1 < template.length() ? template.charAt(i + 1) : ' ';
      if (c != '$' || next != '$' && (next < '0' || next > '9')) {
        filled.append(c);
      } else if (next == '$') {
        filled.append('$');
        i++;
      } else {
        int group = next - '0';
        i++;
        while (i + 1 < template.length() && Character.digit(template.charAt(i + 1), 10) >= 0
            && group * 10 + Character.digit(template.charAt(i + 1), 10) <= matcher.groupCount()) {
          group = group * 10 + Character.digit(template.charAt(++i), 10);
        }
        var found = group <= matcher.groupCount() ? matcher.group(group) : null;
        if (found != null) filled.append(kept(found));
      }
    }
    return filled.toString();
  }

  /** @throws JException for a match of nothing, which would be found for ever */
  private static boolean found(Matcher matcher) {
    Budget.current().charge(1);
    if (!matcher.find()) return false;
    if (matcher.end() == matcher.start()) throw new JException("D1004", -1);
    return true;
  }

  /** A text that will be part of the result. */
  private static String kept(String text) {
    Budget.current().charge(Weights.ofText(text));
    return text;
  }

  private static LinearRegex regex(@Nullable Object value) {
    if (value instanceof LinearRegex regex) return regex;
    throw new JException("T1010", -1);
  }

  private static long limit(@Nullable Number asked) {
    if (asked == null) return Long.MAX_VALUE;
    if (asked.longValue() < 0) throw new JException("D3020", -1);
    return asked.longValue();
  }
}
