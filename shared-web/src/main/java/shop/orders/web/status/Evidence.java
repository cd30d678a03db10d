package shop.orders.web.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the store brought.
 *
 * @param watchedSince when this process began to look
 * @param storeAwaySince null while the store answers; otherwise the rest is what it said last
 * @param reports of every process, also of those that are no more
 * @param unindexedSince when the oldest event was appended that search has not handled; null if it has handled all
 */
record Evidence(Instant watchedSince, @Nullable Instant storeAwaySince, List<Report> reports, @Nullable Instant unindexedSince) {}
