package shop.orders.localstack.replay;

import tools.jackson.databind.node.ObjectNode;

/**
 * One order to place.
 *
 * @param source names it within its run and across repetitions of the run: no two orders of one run share it
 * @param document as {@code POST /api/oms/pvt/orders} takes it
 */
public record PlannedOrder(String source, WantedEnd end, ObjectNode document) {}
