package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indices;
import shop.orders.search.rebuild.Rebuild.Progress;
import shop.orders.search.rebuild.Rebuild.Status;
import shop.orders.store.Settings;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** For the operator alone. */
@RestController
@RequestMapping("/operator/search")
class RebuildController {
  private static final String CONFLICT = "OMS409";

  private final Rebuilds rebuilds;
  private final Generations generations;
  private final Indices indices;
  private final Settings settings;
  private final RebuildProperties properties;
  private final Clock clock;

  RebuildController(Rebuilds rebuilds, Generations generations, Indices indices, Settings settings, RebuildProperties properties, Clock clock) {
    this.rebuilds = rebuilds;
    this.generations = generations;
    this.indices = indices;
    this.settings = settings;
    this.properties = properties;
    this.clock = clock;
  }

  /** @param until one can swap back */
  record Swapped(int read, int previous, Instant until) {}

  /** Whole, into a new generation; with an account or a first day in place. */
  @PostMapping("/rebuilds")
  @ResponseStatus(HttpStatus.ACCEPTED)
  RebuildView begin(JsonBody json) {
    var body = json.optional();
    if (!body.isMissingNode() && !body.isObject()) throw ApiError.invalid("body", "The body must be an object: account, since, strict, or nothing for all orders.");
    var account = account(body);
    var since = since(body);
    boolean strict = body.path("strict").asBoolean(false);
    var id = UUID.randomUUID().toString();
    // Its generation is given up within seconds; begun before that, the new one would take it for its own.
    if (generations.fresh().building() != null) refuseIfOpen(rebuilds.read().orElse(null), true);
    var begun =
        rebuilds.update(
            before -> {
              refuseIfOpen(before, false);
              return new Rebuild(id, account, since, strict, Status.RUNNING, null, clock.instant(), null, Progress.NONE);
            });
    return RebuildView.of(begun);
  }

  @GetMapping("/rebuilds/current")
  RebuildView current() {
    return rebuilds.read().map(RebuildView::of).orElseThrow(() -> new ApiError(HttpStatus.NOT_FOUND, "OMS404", "There was no rebuild yet."));
  }

  @PostMapping("/rebuilds/current/pause")
  RebuildView pause() {
    return change(now -> now.status() == Status.PAUSED ? now : now.with(Status.PAUSED, "the operator wanted it", null));
  }

  /** Differences that held up a strict one are accepted by that. */
  @PostMapping("/rebuilds/current/resume")
  RebuildView resume() {
    return change(
        now ->
            new Rebuild(
                now.id(), now.account(), now.since(), now.strict() && now.progress().differences().isEmpty(), Status.RUNNING, null, now.beganAt(), null, now.progress()));
  }

  /** After the switch the generation before it is read again. */
  @PostMapping("/rebuilds/current/cancel")
  RebuildView cancel() {
    return change(now -> now.with(Status.CANCELLED, null, clock.instant()));
  }

  /** The generation that was read before is read again; once more, and it is the other way round. */
  @PostMapping("/swap-back")
  Swapped swapBack() {
    if (rebuilds.read().map(Rebuild::isOpen).orElse(false)) throw conflict("A rebuild is under way: cancel it, that goes back too.");
    var previous = generations.fresh().previous();
    if (previous == null) throw conflict("There is no generation to go back to: it is kept for " + properties.keepPrevious() + " after a switch.");
    try {
      if (!indices.isReadable(previous.generation())) throw conflict("The generation before cannot be searched.");
      var now = clock.instant();
      var state = generations.update(all -> previous.equals(all.previous()) ? all.swappedBack(now) : all);
      indices.read(state.read());
      if (state.previous() == null) throw conflict("There is no generation to go back to any more.");
      return new Swapped(state.read(), state.previous().generation(), state.previous().since().plus(properties.keepPrevious()));
    } catch (IndexUnavailable e) {
      throw ApiError.unavailable("The index does not answer: " + e.getMessage(), e);
    }
  }

  private RebuildView change(UnaryOperator<Rebuild> change) {
    return RebuildView.of(
        rebuilds.update(
            now -> {
              if (now == null || !now.isOpen()) throw conflict("No rebuild is under way.");
              return change.apply(now);
            }));
  }

  private void refuseIfOpen(@Nullable Rebuild before, boolean inAnyCase) {
    if (before != null && before.isOpen()) throw conflict("Rebuild " + before.id() + " is under way: wait for it, or cancel it.");
    if (inAnyCase) throw conflict("What a cancelled rebuild left is being cleared away: try again in a moment.");
  }

  private @Nullable String account(JsonNode body) {
    var account = text(body, "account");
    if (account == null) return null;
    if (!OrderKey.isAccount(account)) throw ApiError.invalid("account", "The account name must be 1 to 60 of a-z, 0-9, _ and -.");
    if (settings.find(Settings.Kind.ACCOUNT, "", account).isEmpty()) throw ApiError.invalid("account", "There is no account '" + account + "'.");
    return account;
  }

  private @Nullable LocalDate since(JsonNode body) {
    var text = text(body, "since");
    if (text == null) return null;
    try {
      var day = LocalDate.parse(text);
      if (day.isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) throw ApiError.invalid("since", "since must not be after today.");
      return day;
    } catch (DateTimeException e) {
      throw ApiError.invalid("since", "since must be a day such as 2026-11-01.");
    }
  }

  private static @Nullable String text(JsonNode body, String field) {
    var value = body.path(field);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isString()) throw ApiError.invalid(field, field + " must be a text.");
    return value.asString();
  }

  private static ApiError conflict(String why) {
    return new ApiError(HttpStatus.CONFLICT, CONFLICT, why);
  }
}
