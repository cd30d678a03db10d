package shop.orders.search.check;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How index and store are compared.
 *
 * @param patience how long a change may be on its way to the index before it is missed there
 * @param readers headers read from the store at the same time, 1 to 64
 * @param forgetAfter how long a document that was deleted, to be made again, stays away; must be longer than the index's {@code
 *     index.gc_deletes}, which is 60 seconds unless somebody set it
 */
@Validated
@ConfigurationProperties("orders.search.check")
record CheckProperties(@DefaultValue("10s") Duration patience, @DefaultValue("8") @Min(1) @Max(64) int readers, @DefaultValue("75s") Duration forgetAfter) {}
