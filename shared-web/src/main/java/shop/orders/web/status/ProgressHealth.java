package shop.orders.web.status;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The board for people who look at health, in a group of its own: no probe that restarts or routes may ask for it. */
class ProgressHealth implements HealthIndicator {
  private final StatusLoop status;

  ProgressHealth(StatusLoop status) {
    this.status = status;
  }

  @Override
  public Health health() {
    var view = status.view();
    var offered = view.capabilities().stream().filter(StatusView.CapabilityView::offered).toList();
    boolean down = offered.stream().anyMatch(each -> each.state() == State.DOWN || each.state() == State.STALLED);
    boolean unknown = offered.stream().anyMatch(each -> each.state() == State.UNKNOWN);
    var health = down ? Health.down() : unknown ? Health.unknown() : Health.up();
    view.capabilities().forEach(each -> health.withDetail(each.name(), each.state() + ": " + each.sentence()));
    return health.build();
  }
}
