package shop.orders.workflow.intake;

import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.intake.Imports.Outcome;
import shop.orders.workflow.intake.Imports.Result;

/** Takes orders over from another system, in batches; each has a result of its own, and sending a batch again is harmless. */
@RestController
class ImportController {
  private static final int MOST_AT_ONCE = 100;

  private final Imports imports;

  ImportController(Imports imports) {
    this.imports = imports;
  }

  record Answer(long imported, long unchanged, long refused, long retry, List<Result> results) {
    static Answer of(List<Result> results) {
      return new Answer(
          count(results, Outcome.IMPORTED), count(results, Outcome.UNCHANGED), count(results, Outcome.REFUSED), count(results, Outcome.RETRY), results);
    }

    private static long count(List<Result> results, Outcome outcome) {
      return results.stream().filter(r -> r.result() == outcome).count();
    }
  }

  /** @param live whether the orders go on here by themselves, or are history */
  @PostMapping("/api/oms/pvt/orders/import")
  Answer take(Caller caller, JsonBody body, @RequestParam(defaultValue = "false") String live) {
    if (!live.equalsIgnoreCase("true") && !live.equalsIgnoreCase("false")) throw ApiError.invalid("live", "The live parameter must be true or false.");
    var sent = body.requirePlain();
    var documents = sent instanceof List<?> list ? list : List.of(sent);
    if (documents.isEmpty() || documents.size() > MOST_AT_ONCE) {
      throw ApiError.invalid("body", "The body must be one order document or a list of 1 to " + MOST_AT_ONCE + ".");
    }
    return Answer.of(imports.take(caller, documents, Boolean.parseBoolean(live)));
  }
}
