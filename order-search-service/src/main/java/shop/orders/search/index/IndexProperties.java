package shop.orders.search.index;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the index is written and asked.
 *
 * @param shards primary shards of an index that is made from now on, 1 to 1,000
 * @param bulkDocuments documents per bulk request at most, 1 to 10,000; fewer while the server does not keep up
 * @param bulkSize about how large a bulk request may get
 * @param bulkRequests bulk requests at the same time at most, 1 to 64; fewer while the server does not keep up
 * @param readers orders read from the store at the same time, 1 to 256
 * @param answerTimeout how long any request may go unanswered; a frozen server is noticed after it, a request that a dying client has forgotten
 *     after three times as long. {@code spring.elasticsearch.socket-timeout} does not do that
 * @param searchTimeout what a list may take in the server; after it the answer is 503, never half an answer
 * @param othersPatience how long a generation of indices that is not read may hold up the one that is, by taking no writes
 * @param knownWithin after a change of generations so long every instance knows of it, and a rebuild goes on; the same in all instances
 */
@Validated
@ConfigurationProperties("orders.search.index")
record IndexProperties(
    @DefaultValue("1") @Min(1) @Max(1_000) int shards,
    @DefaultValue("1000") @Min(1) @Max(10_000) int bulkDocuments,
    @DefaultValue("5MB") DataSize bulkSize,
    @DefaultValue("4") @Min(1) @Max(64) int bulkRequests,
    @DefaultValue("16") @Min(1) @Max(256) int readers,
    @DefaultValue("10s") Duration answerTimeout,
    @DefaultValue("2s") Duration searchTimeout,
    @DefaultValue("1m") Duration othersPatience,
    @DefaultValue("2s") Duration knownWithin) {}
