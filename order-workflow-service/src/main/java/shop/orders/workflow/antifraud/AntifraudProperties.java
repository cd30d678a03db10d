package shop.orders.workflow.antifraud;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are called.
 *
 * @param connectTimeout for the connection
 * @param answerTimeout for the whole answer; after it the order waits and is sent again
 */
@ConfigurationProperties("orders.workflow.antifraud")
record AntifraudProperties(@DefaultValue("1s") Duration connectTimeout, @DefaultValue("3s") Duration answerTimeout) {}
