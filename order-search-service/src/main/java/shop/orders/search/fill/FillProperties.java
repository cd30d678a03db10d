package shop.orders.search.fill;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How indices are filled. How often they are looked at is {@code orders.search.fill.look-every}.
 *
 * @param batch orders that are indexed together, 1 to 5,000
 * @param load share of the time a fill works, above 0 to 1; the rest of it the machine is left to others
 * @param longestPause between tries while the index or the store is away; the first is a tenth of it
 */
@Validated
@ConfigurationProperties("orders.search.fill")
record FillProperties(
    @DefaultValue("500") @Min(1) @Max(5_000) int batch,
    @DefaultValue("0.5") @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double load,
    @DefaultValue("5s") Duration longestPause) {}
