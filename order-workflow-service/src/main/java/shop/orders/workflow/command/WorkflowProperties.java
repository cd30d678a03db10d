package shop.orders.workflow.command;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deadlines of the workflow: for each {@link shop.orders.model.Rest.Limit} that no account sets for itself.
 *
 * @param completeWithin an order that its checkout began and did not complete is canceled after this
 * @param createWithin an order that the outside seller could not be made to take is canceled after this
 * @param payWithin an order still waiting for its payment after this is canceled
 * @param antifraudPollEvery how often a provider that has not decided is asked again
 * @param authorizeWithin an order that nobody authorized, a buyer's approver or staff, is canceled after this
 * @param fulfillWithin an order of an outside marketplace that nobody told us to fulfil is canceled after this
 * @param decideWithin a seller that has not agreed to a cancellation, nor denied it, is reminded after this
 * @param handleWithin a seller that has not invoiced an order is reminded after this, counted from when it could begin
 * @param confirmChangesWithin a change that costs the customer more, and that nobody confirmed after this, is canceled
 * @param wrongStateStatus what an action in the wrong state answers over HTTP: 409 as documented, or 400 as live accounts do
 * @param publicUrl where outside sellers reach this service
 */
@Validated
@ConfigurationProperties("orders.workflow")
public record WorkflowProperties(
    @DefaultValue("1d") @NotNull Duration completeWithin,
    @DefaultValue("1d") @NotNull Duration createWithin,
    @DefaultValue("5d") @NotNull Duration payWithin,
    @DefaultValue("2h") @NotNull Duration antifraudPollEvery,
    @DefaultValue("30d") @NotNull Duration authorizeWithin,
    @DefaultValue("30d") @NotNull Duration fulfillWithin,
    @DefaultValue("2d") @NotNull Duration decideWithin,
    @DefaultValue("7d") @NotNull Duration handleWithin,
    @DefaultValue("7d") @NotNull Duration confirmChangesWithin,
    @DefaultValue("409") int wrongStateStatus,
    @DefaultValue("http://localhost:8080") @NotNull URI publicUrl) {}
