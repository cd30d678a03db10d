package shop.orders.workflow.seller;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outside sellers are called.
 *
 * @param connectTimeout for the connection
 * @param answerTimeout for the whole answer; after it the order waits and the seller is called again
 */
@ConfigurationProperties("orders.workflow.seller")
record SellerProperties(@DefaultValue("1s") Duration connectTimeout, @DefaultValue("5s") Duration answerTimeout) {}
