package shop.orders.search.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the events are followed.
 *
 * @param deadTopic where records go that cannot be worked on, with the reason in a header
 * @param firstPause after a batch that could not be indexed; doubled each time up to {@code longestPause}
 * @param longestPause so also the longest time between the index being back and work going on
 * @param absentPatience how long after it was sent an event may name an order, or a version of it, that the store does not have yet
 * @param ordersAtOnce orders of one consumer thread that are in memory at once, 1 to 1,000; one of 5,000 lines takes tens of megabytes. Halved
 *     with each failure, and back with each success
 * @param saveEvery how often it is written down how far every account's events are handled; for lists that are asked for it is known each second
 */
@Validated
@ConfigurationProperties("orders.search.ingest")
record IngestProperties(
    @DefaultValue("orders.events.dead") @NotBlank String deadTopic,
    @DefaultValue("500ms") Duration firstPause,
    @DefaultValue("5s") Duration longestPause,
    @DefaultValue("10s") Duration absentPatience,
    @DefaultValue("100") @Min(1) @Max(1_000) int ordersAtOnce,
    @DefaultValue("10s") Duration saveEvery) {}
