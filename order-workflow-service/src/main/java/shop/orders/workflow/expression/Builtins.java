package shop.orders.workflow.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The functions an expression can call. */
final class Builtins {
  /** These say something else each time, run what nobody has read, or their cost is in no proportion to what they are given. */
  static final Set<String> FORBIDDEN = Set.of("eval", "now", "millis", "random", "shuffle", "clone", "formatInteger", "parseInteger");

  /** As the library has them: what they take is in proportion to what they are given, or paid for by the functions they call. */
  private static final List<String> PLAIN =
      List.of(
          "sum <a<n>:n>", "count <a:n>", "max <a<n>:n>", "min <a<n>:n>", "average <a<n>:n>", "substring <s-nn?:s>", "substringBefore <s-s:s>",
          "substringAfter <s-s:s>", "lowercase <s-:s>", "uppercase <s-:s>", "length <s-:n>", "trim <s-:s>", "formatNumber <n-so?:s>",
          "formatBase <n-n?:s>", "number <(nsb)-:n>", "floor <n-:n>", "ceil <n-:n>", "abs <n-:n>", "sqrt <n-:n>", "power <n-n:n>", "not <x-:b>",
          "map <af>", "zip <a+>", "filter <af>", "single <af?>", "sift <o-f?:o>", "keys <x-:a<s>>", "lookup <x-s:x>", "append <xx:a>",
          "exists <x:b>", "merge <a<o>:o>", "reverse <a:a>", "each <o-f:a>", "error <s?:x>", "type <x:s>", "sort <af?:a>", "base64encode <s-:s>",
          "base64decode <s-:s>", "encodeUrlComponent <s-:s>", "encodeUrl <s-:s>", "decodeUrlComponent <s-:s>", "decodeUrl <s-:s>");

  private static final int MOST_DIGITS = 300;

  private static final List<Builtin> ALL = all();

  private Builtins() {}

  /** Puts them before the library's own. */
  static void bind(Frame frame) {
    ALL.forEach(builtin -> frame.bind(builtin.name(), (Object) builtin));
  }

  private static List<Builtin> all() {
    var all = new ArrayList<Builtin>();
    for (var plain : PLAIN) {
      var name = plain.substring(0, plain.indexOf(' '));
      all.add(new Builtin(name, plain.substring(name.length() + 1), name, (arguments, library) -> library.get()));
    }
    all.add(new Builtin("boolean", "<x-:b>", "toBoolean", (arguments, library) -> library.get()));
    all.add(new Builtin("reduce", "<afj?:j>", "foldLeft", (arguments, library) -> library.get()));
    all.add(new Builtin("assert", "<bs?:x>", "assertFn", (arguments, library) -> library.get()));
    all.add(new Builtin("string", "<x-b?:s>", "string", Builtins::string));
    all.add(new Builtin("round", "<n-n?:n>", "round", Builtins::round));
    all.add(new Builtin("spread", "<x-:a<o>>", "spread", Builtins::eachWithEach));
    all.add(new Builtin("distinct", "<x:x>", "distinct", Builtins::eachWithEach));
    all.add(new Builtin("toMillis", "<s-s?:n>", "dateTimeToMillis", Builtins::withoutPicture));
    all.add(new Builtin("fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", Builtins::withoutPicture));
    all.add(new Builtin("join", "<a<s>s?:s>", "join", Builtins::join));
    all.add(new Builtin("pad", "<s-ns?:s>", "pad", (arguments, library) -> Texts.pad(arguments)));
    all.add(new Builtin("contains", "<s-(sf):b>", "contains", (arguments, library) -> Texts.contains(arguments)));
    all.add(new Builtin("match", "<s-fn?:a<o>>", "match", (arguments, library) -> Texts.match(arguments)));
    all.add(new Builtin("split", "<s-(sf)n?:a<s>>", "split", (arguments, library) -> Texts.split(arguments)));
    all.add(new Builtin("replace", "<s-(sf)(sf)n?:s>", "replace", (arguments, library) -> Texts.replace(arguments)));
    for (var name : FORBIDDEN) all.add(forbidden(name));
    return List.copyOf(all);
  }

  /** Refused when an expression is compiled; this is for one that gets at it all the same. */
  private static Builtin forbidden(String name) {
    return new Builtin(name, "<x?x?x?:x>", "exists", (arguments, library) -> {
      throw new JException("$" + name + " is not allowed in order expressions", -1);
    });
  }

  private static @Nullable Object string(Builtin.Arguments arguments, Supplier<@Nullable Object> library) {
    if (Boolean.TRUE.equals(arguments.get(1))) throw new JException("$string does not indent in order expressions", -1);
    return library.get();
  }

  /** To a billion digits it would write them all down. */
  private static @Nullable Object round(Builtin.Arguments arguments, Supplier<@Nullable Object> library) {
    var digits = arguments.number(1);
    if (digits != null && Math.abs(digits.doubleValue()) > MOST_DIGITS) throw new JException("$round goes to " + MOST_DIGITS + " digits", -1);
    return library.get();
  }

  /** Copies what it has for each one more, or compares each with each where they are made to look alike. */
  private static @Nullable Object eachWithEach(Builtin.Arguments arguments, Supplier<@Nullable Object> library) {
    if (arguments.get(0) instanceof List<?> list) Budget.current().charge((long) list.size() * list.size() / 256);
    return library.get();
  }

  /** Pictures become regular expressions of the kind that cannot be stopped. */
  private static @Nullable Object withoutPicture(Builtin.Arguments arguments, Supplier<@Nullable Object> library) {
    if (arguments.get(1) != null) throw new JException("Dates are read and written as ISO 8601 only in order expressions", -1);
    return library.get();
  }

  private static @Nullable Object join(Builtin.Arguments arguments, Supplier<@Nullable Object> library) {
    if (arguments.get(0) instanceof List<?> list && arguments.get(1) instanceof String between) {
      Budget.current().charge(list.size() * Weights.ofText(between));
    }
    return library.get();
  }
}
