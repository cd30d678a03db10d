package shop.orders.workflow.expression;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled expression's parts, which the library shows to nobody. Looked through once, before it is evaluated anywhere. */
final class SyntaxTree {
  private static final int MOST_PARTS = 10_000;
  private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();
  private static final Field ROOT = field(Jsonata.class, "ast");
  private static final Field TYPE = field(Symbol.class, "type");
  private static final Field VALUE = field(Symbol.class, "value");
  private static final Field POSITION = field(Symbol.class, "position");
  private static final Field PROCEDURE = field(Symbol.class, "procedure");

  private final Set<Object> called = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> partial = Collections.newSetFromMap(new IdentityHashMap<>());

  private long parts;
  private long regexParts;

  private SyntaxTree() {}

  /**
   * Makes regular expressions such as can be stopped.
   *
   * @throws Refused if it uses what is forbidden
   */
  static SyntaxTree of(Jsonata compiled) {
    var tree = new SyntaxTree();
    var seen = Collections.<Object>newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<>();
    push(get(ROOT, compiled), open);
    while (!open.isEmpty()) {
      var part = open.pop();
      if (!seen.add(part)) continue;
      tree.parts = seen.size();
      if (tree.parts > MOST_PARTS) throw new Refused("The expression has too many parts");
      if (part instanceof Symbol symbol) {
        tree.look(symbol);
        for (var field : fields(symbol.getClass())) push(get(field, symbol), open);
      } else if (part instanceof Iterable<?> parts) {
        parts.forEach(one -> push(one, open));
      } else if (part instanceof Object[] parts) {
        for (var one : parts) push(one, open);
      }
    }
    return tree;
  }

  /** Whether {@code part} yields what is called. */
  boolean isCalled(Object part) {
    return called.contains(part);
  }

  /** Whether {@code part} makes a function of another by giving it some arguments; the library compiles it anew each time. */
  boolean isPartial(Object part) {
    return partial.contains(part);
  }

  /** What it takes up, in parts of the expression and of its regular expressions. */
  int size() {
    return Math.toIntExact(parts + regexParts);
  }

  private void look(Symbol symbol) {
    int position = (int) require(POSITION, symbol);
    var type = String.valueOf(get(TYPE, symbol));
    var value = get(VALUE, symbol);
    switch (type) {
      case "variable" -> {
        if (Builtins.FORBIDDEN.contains(String.valueOf(value))) throw new Refused("$" + value + " is not allowed in order expressions", position);
      }
      case "transform" -> throw new Refused("Transforming with | | is not allowed in order expressions", position);
      case "lambda" -> {
        if (symbol.signature != null) throw new Refused("Signatures of functions are not allowed in order expressions", position);
      }
      case "regex" -> {
        if (value instanceof Pattern pattern) {
          regexParts += LinearRegex.parts(pattern, position);
          if (regexParts > LinearRegex.MOST_PARTS) throw new Refused("The regular expressions are too many, or repeat too much", position);
          set(symbol, LinearRegex.of(pattern, position));
        }
      }
      case "function" -> {
        var procedure = get(PROCEDURE, symbol);
        if (procedure != null) called.add(procedure);
      }
      case "partial" -> partial.add(symbol);
      default -> {} // the rest is harmless by itself
    }
  }

  private static void push(@Nullable Object part, Deque<Object> open) {
    if (part instanceof Symbol || part instanceof Iterable<?> || part instanceof Object[]) open.push(part);
  }

  private static List<Field> fields(Class<?> type) {
    return FIELDS.computeIfAbsent(type, t -> {
      var fields = new ArrayList<Field>();
      for (Class<?> c = t; c != null && c != Object.class; c = c.getSuperclass()) {
        for (var field : c.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic() || field.getType().isPrimitive()) continue;
          field.setAccessible(true);
          fields.add(field);
        }
      }
      return List.copyOf(fields);
    });
  }

  private static Field field(Class<?> type, String name) {
    try {
      var field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException | InaccessibleObjectException e) {
      throw new IllegalStateException("another version of the JSONata library", e);
    }
  }

  private static @Nullable Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object require(Field field, Object owner) {
    var value = get(field, owner);
    if (value == null) throw new IllegalStateException("another version of the JSONata library: no " + field.getName());
    return value;
  }

  private static void set(Symbol symbol, Object value) {
    try {
      VALUE.set(symbol, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
