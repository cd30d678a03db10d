package shop.orders.web.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Puts ids into the log lines of a service that has this module on its class path, and counts them. */
@AutoConfiguration
@Import(IncidentController.class)
class LogConfiguration {
  /** Around everything, so that whatever is said about a request says which. */
  @Bean
  FilterRegistrationBean<RequestIds> requestIds() {
    var filter = new FilterRegistrationBean<>(new RequestIds());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  Incidents incidents(Clock clock) {
    return new Incidents(clock);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  LogMeter logMeter(ObjectProvider<MeterRegistry> meters, Incidents incidents) {
    return new LogMeter(meters.getIfAvailable(SimpleMeterRegistry::new), incidents);
  }
}
