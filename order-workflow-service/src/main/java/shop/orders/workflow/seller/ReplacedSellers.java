package shop.orders.workflow.seller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import shop.orders.model.Change.SellerLeft;
import shop.orders.model.Order;
import shop.orders.workflow.account.Account.OutsideSeller;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.command.WorkflowProperties;
import shop.orders.workflow.partner.PartnerBusy;
import shop.orders.workflow.partner.PartnerUnavailable;
import shop.orders.workflow.step.Errand;
import shop.orders.workflow.step.Retries;
import shop.orders.workflow.step.Step.Verdict;

/** Tells sellers that took an order and were replaced that they need not ship it, wherever the order stands meanwhile: they keep its goods reserved. */
@Component
class ReplacedSellers implements Errand {
  private final OutsideSellers sellers;
  private final Accounts accounts;
  private final OrderCommands commands;
  private final WorkflowProperties properties;
  private final Clock clock;
  private final Retries retries;

  ReplacedSellers(OutsideSellers sellers, Accounts accounts, OrderCommands commands, WorkflowProperties properties, Clock clock) {
    this.sellers = sellers;
    this.accounts = accounts;
    this.commands = commands;
    this.properties = properties;
    this.clock = clock;
    this.retries = new Retries(clock);
  }

  @Override
  public Verdict run(Order order) {
    Verdict verdict = new Verdict.Done();
    for (var replaced : order.replacedSellers().entrySet()) verdict = verdict.and(tell(order, replaced.getKey(), replaced.getValue()));
    return verdict;
  }

  private Verdict tell(Order order, String id, Instant since) {
    var seller = accounts.find(order.key().account()).seller(id);
    if (seller.isEmpty()) return left(order, id, "The account has no seller " + id + " any more");
    return retries.tooEarly(order, id).orElseGet(() -> tell(order, seller.get(), since));
  }

  private Verdict tell(Order order, OutsideSeller seller, Instant since) {
    try {
      sellers.release(seller, order);
      return left(order, seller.id(), null);
    } catch (HttpClientErrorException e) {
      return left(order, seller.id(), "The seller refuses: " + e.getStatusCode());
    } catch (PartnerUnavailable e) {
      if (Duration.between(since, clock.instant()).compareTo(properties.decideWithin()) >= 0) return left(order, seller.id(), "The seller could not be told in time");
      var why = String.valueOf(e.getMessage());
      return e instanceof PartnerBusy ? retries.busy(order, seller.id(), why) : retries.again(order, seller.id(), why);
    }
  }

  private Verdict left(Order order, String seller, @Nullable String why) {
    commands.change(
        order.key(),
        "seller:" + seller,
        (current, decision) -> {
          var since = Optional.ofNullable(current.replacedSellers().get(seller));
          if (since.equals(Optional.ofNullable(order.replacedSellers().get(seller)))) decision.record(new SellerLeft(seller, why));
          return Map.of();
        });
    return new Verdict.Done();
  }
}
