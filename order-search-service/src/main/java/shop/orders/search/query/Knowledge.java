package shop.orders.search.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a list knows and what it may lack, as the answer says it: {@code search} in the body, and in headers.
 *
 * @param freshAsOf every change decided before it is in the answer; null if that is not known
 * @param completeSince orders created from then on are in the answer; null if all are, or if nothing is sure
 * @param complete whether all are
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Knowledge(@Nullable String freshAsOf, @Nullable String completeSince, boolean complete) {
  static final String FRESH_AS_OF = "X-Search-Fresh-As-Of";
  static final String COMPLETE_SINCE = "X-Search-Complete-Since";

  /** In the headers, since an empty one is easily lost on the way. */
  private static final String ALL = "all";
  private static final String UNKNOWN = "unknown";

  /**
   * Coverage is {@link Instant#EPOCH} for all.
   *
   * @param before coverage before the search
   * @param after coverage after it
   */
  static Knowledge of(Optional<Instant> freshAsOf, Optional<Instant> before, Optional<Instant> after) {
    var completeSince = before.flatMap(first -> after.map(second -> first.isAfter(second) ? first : second));
    boolean complete = completeSince.filter(Instant.EPOCH::equals).isPresent();
    // Cut off, so never later than true; "from" is rounded up for the same reason.
    return new Knowledge(
        freshAsOf.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null),
        complete ? null : completeSince.map(at -> at.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null),
        complete);
  }

  void addTo(HttpHeaders headers) {
    headers.set(FRESH_AS_OF, freshAsOf == null ? UNKNOWN : freshAsOf);
    headers.set(COMPLETE_SINCE, completeSinceHeader());
  }

  private String completeSinceHeader() {
    if (complete) return ALL;
    return completeSince == null ? UNKNOWN : completeSince;
  }
}
