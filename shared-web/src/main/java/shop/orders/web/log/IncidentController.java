package shop.orders.web.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For the operator: what went wrong in this process, and how often. */
@RestController
class IncidentController {
  private final Incidents incidents;

  IncidentController(Incidents incidents) {
    this.incidents = incidents;
  }

  /** @param quiet after which the same trouble counts once more */
  record View(Instant since, Duration quiet, List<Incident> incidents) {}

  @GetMapping("/operator/incidents")
  View incidents() {
    return new View(incidents.since(), Incident.QUIET, incidents.list());
  }
}
