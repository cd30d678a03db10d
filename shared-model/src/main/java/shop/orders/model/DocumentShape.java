package shop.orders.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields an order document may have, read once from {@code order-document.outline}. */
final class DocumentShape {
  /** Amounts beyond this are a mistake, and sums of them could overflow. Ten million millions, in cents. */
  private static final long LARGEST = 1_000_000_000_000_000L;

  private static final Node ROOT = read();

  private enum Kind {
    SCALAR,
    INTEGER,
    ANY,
    OBJECT,
    LIST
  }

  private record Node(Kind kind, Map<String, Node> fields) {}

  private DocumentShape() {}

  /** Top-level names, in the order of the public documentation. */
  static List<String> topLevel() {
    return List.copyOf(ROOT.fields.keySet());
  }

  /**
   * A copy with what the shape knows; everything else is dropped. Presence, null, and order within objects stay as they are.
   *
   * @throws InvalidDocument if a known field has the wrong structure
   */
  static Map<String, @Nullable Object> accept(Map<?, ?> document) {
    return object(ROOT, document, "");
  }

  private static Map<String, @Nullable Object> object(Node node, Map<?, ?> value, String path) {
    var kept = new LinkedHashMap<String, @Nullable Object>();
    value.forEach(
        (name, inner) -> {
          var field = node.fields.get(name);
          if (field != null) kept.put((String) name, accept(field, inner, path.isEmpty() ? (String) name : path + "." + name));
        });
    return kept;
  }

  private static @Nullable Object accept(Node node, @Nullable Object value, String path) {
    if (value == null) return null;
    return switch (node.kind) {
      case ANY -> value;
      case SCALAR -> {
        if (value instanceof Map || value instanceof List) throw new InvalidDocument(path, "must be a single value");
        yield value;
      }
      case INTEGER -> wholeNumber(value, path);
      case OBJECT -> {
        if (!(value instanceof Map<?, ?> map)) throw new InvalidDocument(path, "must be an object");
        yield object(node, map, path);
      }
      case LIST -> {
        if (!(value instanceof List<?> list)) throw new InvalidDocument(path, "must be a list");
        var kept = new ArrayList<@Nullable Object>(list.size());
        for (int i = 0; i < list.size(); i++) {
          var at = path + "[" + i + "]";
          if (!(list.get(i) instanceof Map<?, ?> map)) throw new InvalidDocument(at, "must be an object");
          kept.add(object(node, map, at));
        }
        yield kept;
      }
    };
  }

  /** @throws InvalidDocument if it is no whole number, or one that sums would overflow with */
  static long wholeNumber(Object value, String path) {
    if (value instanceof Number number) {
      try {
        var exact = new BigDecimal(number.toString()).longValueExact();
        if (Math.abs(exact) <= LARGEST) return exact;
      } catch (ArithmeticException | NumberFormatException e) {
        throw new InvalidDocument(path, "must be a whole number, was " + abridged(value));
      }
    }
    throw new InvalidDocument(path, "must be a whole number between -10^15 and 10^15, was " + abridged(value));
  }

  static String abridged(Object value) {
    var text = value instanceof String ? "the text \"" + value + "\"" : Objects.toString(value);
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static Node read() {
    var root = new Node(Kind.OBJECT, new LinkedHashMap<>());
    var open = new ArrayList<>(List.of(root));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DocumentShape.class.getResourceAsStream("order-document.outline")), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) continue;
        int depth = (line.length() - line.stripLeading().length()) / 2;
        var words = line.strip().split(" ");
        var node = new Node(kind(words), new LinkedHashMap<>());
        open.get(depth).fields.put(words[0], node);
        while (open.size() > depth + 1) open.remove(open.size() - 1);
        open.add(node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root;
  }

  private static Kind kind(String[] words) {
    if (words.length == 1) return Kind.SCALAR;
    return switch (words[1]) {
      case "integer" -> Kind.INTEGER;
      case "any" -> Kind.ANY;
      case "{}" -> Kind.OBJECT;
      case "[]" -> Kind.LIST;
      default -> throw new IllegalStateException("order-document.outline: " + String.join(" ", words));
    };
  }
}
