package shop.orders.workflow.probe;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.model.OrderKey;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.OrderStore;
import shop.orders.web.status.Probe;

/** One probe for each kind of statement, since one kind may fail alone: conditional writes need a quorum that reads do not. */
@Configuration(proxyBeanMethods = false)
class StoreProbes {
  /** No account has this name. */
  private static final String NOBODY = "-";

  private static final String CELL = "status/probe";

  /** A conditional write, as every change of an order is. That another process was faster says as much. */
  @Bean
  Probe intakeProbe(Cursors cursors, Clock clock) {
    return probe(
        "intake",
        () -> {
          long rev = cursors.read(NOBODY, CELL).map(Cursors.Cell::rev).orElse(0L);
          cursors.replace(NOBODY, CELL, rev, clock.instant().toString());
        });
  }

  @Bean
  Probe lookupProbe(OrderStore store) {
    return probe("lookup", () -> store.find(new OrderKey(NOBODY, NOBODY)));
  }

  @Bean
  Probe feedProbe(EventLog log) {
    return probe("feed", () -> log.page(NOBODY, 0, 1));
  }

  private static Probe probe(String measure, Runnable check) {
    return new Probe() {
      @Override
      public String measure() {
        return measure;
      }

      @Override
      public void check() {
        check.run();
      }
    };
  }
}
