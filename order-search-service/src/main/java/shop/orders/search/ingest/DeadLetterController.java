package shop.orders.search.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;

/** Records that could not be worked on, for the operator. */
@RestController
@RequestMapping("/operator/search/dead-letters")
class DeadLetterController {
  private static final int MOST = 1_000;
  private static final int BEGINNING = 300;

  private final DeadLetterBox box;

  DeadLetterController(DeadLetterBox box) {
    this.box = box;
  }

  /** @param total how many there are, up to 10,000 */
  record Letters(List<Letter> deadLetters, int total) {}

  /** @param value its beginning */
  record Letter(String origin, String reason, Instant at, @Nullable String key, @Nullable String value) {
    static Letter of(DeadLetter letter) {
      return new Letter(letter.origin(), letter.reason(), letter.at(), beginning(letter.key()), beginning(letter.value()));
    }

    private static @Nullable String beginning(byte @Nullable [] bytes) {
      return bytes == null ? null : new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.UTF_8);
    }
  }

  record Replayed(int replayed, List<Failed> failed) {}

  record Failed(String origin, String reason) {}

  /** The newest first. */
  @GetMapping
  Letters list(@RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) throw ApiError.invalid("limit", "limit must be 1 to " + MOST + ", was: " + limit);
    var all = asking(box::letters);
    return new Letters(all.stream().sorted(Comparator.comparing(DeadLetter::at).reversed()).limit(limit).map(Letter::of).toList(), all.size());
  }

  /** Without a body, or without an origin in it, all of them. */
  @PostMapping("/replay")
  Replayed replay(JsonBody json) {
    var body = json.optional();
    if (!body.isMissingNode() && !body.isObject()) throw ApiError.invalid("body", "The body must be an object: origin, or nothing for all that are listed.");
    var given = body.path("origin");
    if (!given.isMissingNode() && !given.isString()) throw ApiError.invalid("origin", "origin must be a text.");
    var origin = given.isString() ? given.asString() : null;
    var replay = asking(() -> box.replay(origin));
    if (origin != null && replay.replayed() == 0 && replay.failed().isEmpty()) throw ApiError.invalid("origin", "There is no dead letter of origin " + origin + ".");
    return new Replayed(replay.replayed(), replay.failed().entrySet().stream().limit(MOST).map(f -> new Failed(f.getKey(), f.getValue())).toList());
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException | DeadLetters.NotWritten e) {
      throw ApiError.unavailable("Kafka does not answer now; what was replayed stays so. Try again shortly.", e);
    } catch (IndexUnavailable e) {
      throw ApiError.unavailable("The index takes no writes now; what was replayed stays so. Try again shortly.", e);
    }
  }
}
