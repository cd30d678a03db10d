package shop.orders.workflow;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The order workflow service. Needs Cassandra; starts and runs with everything else absent. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorkflowApplication {
  public static void main(String[] args) {
    SpringApplication.run(WorkflowApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
