package shop.orders.search.check;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the rows that lists show are compared with the store, after they were shown.
 *
 * @param enabled whether they are
 * @param rowsPerSecond that are compared at most, by each instance
 */
@Validated
@ConfigurationProperties("orders.search.read-repair")
record ReadRepairProperties(@DefaultValue("true") boolean enabled, @DefaultValue("200") @Positive int rowsPerSecond) {}
