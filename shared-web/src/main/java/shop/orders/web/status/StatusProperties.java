package shop.orders.web.status;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this process reports its work and watches that of all others.
 *
 * @param every pause between two looks; the limits of the board are made for the default
 */
@ConfigurationProperties("orders.status")
record StatusProperties(@DefaultValue("5s") Duration every) {}
