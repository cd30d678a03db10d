package shop.orders.workflow.feed;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param checkStatuses whether a filter with a status that does not exist is refused; false: it is taken, and never hears of anything */
@ConfigurationProperties("orders.workflow.feed")
record StatusCheckProperties(@DefaultValue("true") boolean checkStatuses) {}
