package shop.orders.web.status;

import java.time.Instant;
import java.util.Map;

/**
 * What one process says of itself.
 *
 * @param service its name
 * @param process one start of it; another after a restart
 * @param writtenAt when it was read in that process
 */
record Report(String service, String process, Instant startedAt, Instant writtenAt, Map<String, Reading> measures) {}
