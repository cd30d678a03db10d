package shop.orders.workflow.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import shop.orders.model.InvalidDocument;
import shop.orders.web.ApiError;

/** Counts what became of orders that were sent in. */
@Component
class IntakeMeter {
  private final MeterRegistry meters;

  IntakeMeter(MeterRegistry meters) {
    this.meters = meters;
    for (var from : From.values()) for (var outcome : Outcome.values()) counter(from, outcome); // so that a rate is 0 before the first one, and not absent
  }

  enum From {
    CHECKOUT,
    MARKETPLACE,
    IMPORT
  }

  enum Outcome {
    ACCEPTED,
    /** It was here. */
    REPEATED,
    /** The sender is to blame. */
    REFUSED,
    /** We are. */
    FAILED
  }

  void count(From from, Outcome outcome) {
    counter(from, outcome).increment();
  }

  /** Counts a request of which nothing, or not all, was placed. */
  <T> T judge(From from, Supplier<T> request) {
    try {
      return request.get();
    } catch (InvalidDocument e) {
      count(from, Outcome.REFUSED);
      throw e;
    } catch (ApiError e) {
      count(from, e.status().is4xxClientError() ? Outcome.REFUSED : Outcome.FAILED);
      throw e;
    } catch (RuntimeException e) {
      count(from, Outcome.FAILED);
      throw e;
    }
  }

  private Counter counter(From from, Outcome outcome) {
    return Counter.builder("orders.intake.orders")
        .tag("from", word(from))
        .tag("outcome", word(outcome))
        .description("orders sent in, by what became of them; of a request that was refused or failed, one")
        .register(meters);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
