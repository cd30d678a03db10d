package shop.orders.search.progress;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is taken off before an answer is called fresh.
 *
 * @param relay from a decision to its entry in the event log, as long as nothing longer is seen there
 */
@Validated
@ConfigurationProperties("orders.search.freshness")
record FreshnessProperties(@DefaultValue("2s") Duration relay) {}
