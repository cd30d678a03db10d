package shop.orders.search.check;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often the whole index is compared with the store, in the background. How often it is looked whether something is due is {@code
 * orders.search.reconcile.look-every}.
 *
 * @param enabled whether this instance takes part
 * @param load share of the time it works, above 0 to 1
 * @param newestEvery for orders created in the last seven days, document by document
 * @param yearEvery for those of the last 365 days, by sums
 * @param allEvery for all, by sums
 * @param contentEvery for all, document by document
 */
@Validated
@ConfigurationProperties("orders.search.reconcile")
record ReconcileProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("0.25") @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double load,
    @DefaultValue("1h") Duration newestEvery,
    @DefaultValue("1d") Duration yearEvery,
    @DefaultValue("7d") Duration allEvery,
    @DefaultValue("7d") Duration contentEvery) {}
