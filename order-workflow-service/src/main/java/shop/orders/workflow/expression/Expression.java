package shop.orders.workflow.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled expression, for use by many threads. It is evaluated on the thread that asks, and nothing goes on when that has its answer. */
final class Expression {
  static final int LONGEST = 4_000;

  /** Each writes its left side down twice, and what is left of that four times. */
  private static final int MOST_DEFAULTS = 5;

  /** Steps. */
  private static final int COMPILED_ANEW = 100;

  private static final Pattern DEFAULT = Pattern.compile("(?<!\\()(\\?\\?|\\?:)");
  private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");

  private final Jsonata compiled;
  private final SyntaxTree tree;

  private Expression(Jsonata compiled, SyntaxTree tree) {
    this.compiled = compiled;
    this.tree = tree;
  }

  /** @throws Refused if it does not compile or uses what is forbidden */
  static Expression compile(String text) {
    if (text.isBlank()) throw new Refused("The expression is empty");
    if (text.length() > LONGEST) throw new Refused("The expression is longer than " + LONGEST + " characters");
    if (DEFAULT.matcher(text).results().count() > MOST_DEFAULTS) throw new Refused("The expression has ?? or ?: more than " + MOST_DEFAULTS + " times");
    try {
      var compiled = Jsonata.jsonata(text);
      compiled.setValidateInput(false); // documents are made plain before
      compiled.setOutputConvertNulls(false); // would look through the whole result
      return new Expression(compiled, SyntaxTree.of(compiled));
    } catch (Refused e) {
      throw e;
    } catch (JException e) {
      throw new Refused("The expression does not compile: " + message(e), e.getLocation());
    } catch (StackOverflowError e) {
      throw new Refused("The expression nests too deep");
    } catch (RuntimeException e) { // the library's parser runs over the end of what is unfinished
      throw new Refused("The expression does not compile: it ends too early, or a regular expression in it is none");
    }
  }

  /** What it takes up in memory, in parts of some 200 bytes. */
  int size() {
    return tree.size();
  }

  /**
   * Whether the result, cast as {@code $boolean} does, is true.
   *
   * @param document by {@link PlainDocument}, for this evaluation alone
   * @throws OverBudget if it takes too much
   * @throws Failed if it cannot be evaluated on this document
   */
  boolean matches(@Nullable Object document) {
    if (document == null) return evaluate(null, Budget.open(""));
    return evaluate(document, Budget.open(document));
  }

  private boolean evaluate(@Nullable Object document, Budget budget) {
    try {
      var frame = new Frame(null);
      Builtins.bind(frame);
      frame.setEvaluateEntryCallback((part, input, environment) -> {
        budget.enter();
        if (tree.isPartial(part)) budget.charge(COMPILED_ANEW);
      });
      frame.setEvaluateExitCallback((part, input, environment, result) -> {
        budget.leave(result);
        if (result != null && tree.isCalled(part) && !isFunction(result)) throw new JException("T1006", -1); // the library would print it
      });
      return Jsonata.boolize(compiled.evaluate(document, frame));
    } catch (StackOverflowError e) {
      throw new OverBudget("it nests too deep");
    } catch (RuntimeException e) {
      throw told(e);
    } finally {
      budget.close();
    }
  }

  private static boolean isFunction(Object value) {
    return value instanceof JFunction || value instanceof Jsonata.JLambda || Functions.isLambda(value);
  }

  private static RuntimeException told(RuntimeException e) {
    Throwable cause = e;
    for (int i = 0; cause != null && i < 100; i++, cause = cause.getCause()) {
      if (cause instanceof OverBudget over) return over;
      if (cause instanceof StackOverflowError) return new OverBudget("it nests too deep");
      if (cause instanceof JException known) return new Failed(code(known), "The expression cannot be evaluated: " + message(known), e);
    }
    return new Failed(e.getClass().getSimpleName(), "The expression cannot be evaluated on this document", e);
  }

  /** Without what the library says before a text that is not its own. */
  private static String message(JException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith("JSonataException ") ? message.substring("JSonataException ".length()) : message;
  }

  private static String code(JException e) {
    return e.getError() != null && CODE.matcher(e.getError()).matches() ? e.getError() : "JSONata";
  }
}
