package shop.orders.web.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a piece of work had come.
 *
 * @param seenAt when whoever does it last looked after it with success; it grows old when that thread hangs or fails
 * @param oldestOpen since when the oldest work that could be done waits; null if there is none
 * @param lastDone when something was last completed; null if nothing was since the process began
 * @param note for people; null if there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reading(Instant seenAt, @Nullable Instant oldestOpen, @Nullable Instant lastDone, @Nullable String note) {}
