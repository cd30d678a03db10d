package shop.orders.search.rebuild;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a rebuild works. How often it is looked whether there is one to go on with is {@code orders.search.rebuild.look-every}.
 *
 * @param threads parts of a wave worked on at the same time, 1 to 64
 * @param batch orders gathered and indexed together, 1 to 5,000, of some parts if they are small; fewer while it holds itself back; after a crash each thread does so many once more
 * @param load share of the time it works at most, above 0 to 1
 * @param workflowLimit p99 of the workflow, from a decision to the event log, that is fine whatever it was before
 * @param listLimit p99 of the lists asked of this instance that is fine whatever it was before
 * @param keepPrevious how long one can swap back
 * @param deadAfter how long the generation that lists read is not to be searched, though Elasticsearch answers and recovers nothing, before lists read the new one
 * @param longestPause between tries while the index or the store is away; the first is a tenth of it
 * @param saveEvery how often the point reached is written down, and every eighth time the workflow and lists are looked at; well below 10 s
 */
@Validated
@ConfigurationProperties("orders.search.rebuild")
record RebuildProperties(
    @DefaultValue("4") @Min(1) @Max(64) int threads,
    @DefaultValue("1000") @Min(1) @Max(5_000) int batch,
    @DefaultValue("1") @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double load,
    @DefaultValue("50ms") Duration workflowLimit,
    @DefaultValue("1s") Duration listLimit,
    @DefaultValue("1d") Duration keepPrevious,
    @DefaultValue("1m") Duration deadAfter,
    @DefaultValue("5s") Duration longestPause,
    @DefaultValue("250ms") Duration saveEvery) {}
