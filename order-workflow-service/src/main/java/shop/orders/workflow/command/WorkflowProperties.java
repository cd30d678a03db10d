package shop.orders.workflow.command;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deadlines of the workflow.
 *
 * @param payWithin an order still waiting for its payment after this is canceled
 * @param antifraudPollEvery how often a provider that has not decided is asked again
 * @param fulfillWithin an order of an outside marketplace that nobody told us to fulfil is canceled after this
 * @param confirmChangesWithin a change that costs the customer more, and that nobody confirmed after this, is canceled
 * @param wrongStateStatus what an action in the wrong state answers over HTTP: 409 as documented, or 400 as live accounts do
 */
@Validated
@ConfigurationProperties("orders.workflow")
public record WorkflowProperties(
    @DefaultValue("5d") @NotNull Duration payWithin,
    @DefaultValue("2h") @NotNull Duration antifraudPollEvery,
    @DefaultValue("30d") @NotNull Duration fulfillWithin,
    @DefaultValue("7d") @NotNull Duration confirmChangesWithin,
    @DefaultValue("409") int wrongStateStatus) {}
