package shop.orders.search.refill;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events that Kafka lost are indexed from the event log.
 *
 * @param every how often it is looked whether there are any, and tried again after a failure
 * @param page events of one account's log that are read at once, 1 to 10,000; their orders are indexed, then the account's cell is moved
 */
@Validated
@ConfigurationProperties("orders.search.refill")
record RefillProperties(@DefaultValue("5s") Duration every, @DefaultValue("100") @Min(1) @Max(10_000) int page) {}
