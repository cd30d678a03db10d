package shop.orders.workflow.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.InvalidDocument;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.store.IdempotencyKeys;
import shop.orders.store.OrderStore;
import shop.orders.store.Sequences;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/**
 * The account's checkout places orders: one document in the shape that GET answers with, or a list of them as one group, an order per
 * seller. With an {@code Idempotency-Key} a request may be repeated for seven days: what was placed is not placed again.
 */
@RestController
class CheckoutController {
  private static final int MOST_IN_A_GROUP = 99;

  private final Intake intake;
  private final Sequences sequences;
  private final IdempotencyKeys idempotencyKeys;
  private final OrderStore store;

  CheckoutController(Intake intake, Sequences sequences, IdempotencyKeys idempotencyKeys, OrderStore store) {
    this.intake = intake;
    this.sequences = sequences;
    this.idempotencyKeys = idempotencyKeys;
    this.store = store;
  }

  @PostMapping("/api/oms/pvt/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Object place(Caller caller, JsonBody body, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var sent = body.requirePlain();
    var documents = documents(sent);
    var fresh = String.valueOf(sequences.reserve(caller.account(), 1));
    var sequence = sequence(caller, body, key, fresh);
    var orderGroup = "v" + sequence + letters(caller.account());
    var placed = new ArrayList<Placed>();
    for (int i = 0; i < documents.size(); i++) {
      var orderKey = new OrderKey(caller.account(), "%s-%02d".formatted(orderGroup, i + 1));
      // Under a number that is new to us nothing was placed before.
      var there = sequence.equals(fresh) ? null : store.find(orderKey).orElse(null);
      placed.add(Placed.of(there != null ? there : intake.fromCheckout(orderKey, sequence, orderGroup, documents.get(i), caller.by())));
    }
    return sent instanceof List ? placed : placed.get(0);
  }

  private static List<OrderDocument> documents(Object sent) {
    var list = sent instanceof List<?> several ? several : List.of(sent);
    if (list.isEmpty() || list.size() > MOST_IN_A_GROUP) throw new InvalidDocument("body", "must be one order or a list of 1 to " + MOST_IN_A_GROUP);
    return list.stream()
        .map(
            one -> {
              if (one instanceof Map<?, ?> document) return OrderDocument.placed(document);
              throw new InvalidDocument("body", "must be an order document");
            })
        .toList();
  }

  /** The number of the group: the fresh one, or the one this key was given before. */
  private String sequence(Caller caller, JsonBody body, @Nullable String key, String fresh) {
    if (key == null) return fresh;
    if (key.isBlank() || key.length() > 200) throw ApiError.invalid("Idempotency-Key", "The Idempotency-Key must have 1 to 200 characters.");
    var digest = DigestUtils.md5DigestAsHex(body.bytes());
    var bound = idempotencyKeys.claim(caller.account(), key, fresh + " " + digest).split(" ");
    if (!bound[1].equals(digest)) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS001", "The Idempotency-Key was used before with another body; nothing was done.");
    }
    return bound[0];
  }

  /** Up to four letters of the account, as they stand at the end of its order groups. */
  private static String letters(String account) {
    var letters = account.replaceAll("[^a-z]", "");
    return letters.isEmpty() ? "ordr" : letters.substring(0, Math.min(4, letters.length()));
  }
}
