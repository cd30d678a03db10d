package shop.orders.workflow.feed;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The feeds.
 *
 * @param deliveriesBeforeParking an item that was handed out this often and never committed is parked
 * @param mostWaiting readers that may wait at one time, of all accounts; none holds a thread, each holds a connection that front doors count
 * @param lookAgainEvery how soon a waiting reader hears of what another instance appended, and of leases that ran out
 * @param checkStatuses whether a filter with a status that does not exist is refused
 */
@Validated
@ConfigurationProperties("orders.feed")
record FeedProperties(
    @DefaultValue("100") @Positive int deliveriesBeforeParking,
    @DefaultValue("100") @Positive int mostWaiting,
    @DefaultValue("500ms") @NotNull Duration lookAgainEvery,
    @DefaultValue("true") boolean checkStatuses) {}
