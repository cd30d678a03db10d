package shop.orders.workflow.command;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import shop.orders.store.OrderStore;
import shop.orders.workflow.account.Accounts;

/** Lets tests of other packages have orders change as they do in the service. */
public final class TestCommands {
  public static final WorkflowProperties PROPERTIES =
      new WorkflowProperties(
          Duration.ofDays(1),
          Duration.ofDays(1),
          Duration.ofDays(5),
          Duration.ofHours(2),
          Duration.ofDays(30),
          Duration.ofDays(30),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(7),
          409,
          URI.create("http://localhost:8080"));

  private TestCommands() {}

  public static Agenda agenda(Accounts accounts) {
    return new Agenda(accounts, PROPERTIES);
  }

  public static OrderCommands of(OrderStore store, Agenda agenda, Clock clock) {
    return new OrderCommands(store, agenda, clock, event -> {});
  }

  public static Onward onward(OrderStore store, Accounts accounts) {
    return new Onward(store, accounts);
  }
}
