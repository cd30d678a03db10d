package shop.orders.workflow.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of JSONata's own functions, paid for by what it is given and what it yields. */
final class Builtin extends JFunction {
  private final String name;
  private final Body body;

  interface Body {
    /** @param library what the library's function says to the same arguments, if it is asked */
    @Nullable Object call(Arguments arguments, Supplier<@Nullable Object> library);
  }

  /** Those left out are missing at the end, or null. */
  record Arguments(List<?> all) {
    @Nullable Object get(int index) {
      return index < all.size() ? all.get(index) : null;
    }

    @Nullable String text(int index) {
      return (String) get(index);
    }

    @Nullable Number number(int index) {
      return (Number) get(index);
    }
  }

  /** @param method the library's, which also says how many arguments there are */
  Builtin(String name, String signature, String method, Body body) {
    super(name, signature, Functions.class, null, method);
    this.name = name;
    this.body = body;
  }

  String name() {
    return name;
  }

  @Override
  public @Nullable Object call(@Nullable Object input, @SuppressWarnings("rawtypes") List arguments) {
    var budget = Budget.current();
    for (var argument : arguments) budget.charge(1 + budget.weigh(argument) / 16);
    var result = body.call(new Arguments(arguments), () -> super.call(input, arguments));
    budget.take(result);
    return result;
  }
}
