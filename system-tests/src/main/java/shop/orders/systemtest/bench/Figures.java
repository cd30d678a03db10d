package shop.orders.systemtest.bench;

import java.util.List;

/**
 * Everything one run found out.
 *
 * @param idle statements per second while nothing is done
 * @param transitions rates of visible transitions
 * @param perTransition statements of one, idle ones subtracted
 * @param floorOrders whole orders per second of the floor, per round
 */
record Figures(
    String machine,
    String sizes,
    String floorInWords,
    Statements idle,
    WholeOrders.Result whole,
    Ratios transitions,
    CpuTimes transitionsCpu,
    double transitionsDone,
    Statements perTransition,
    List<Double> floorOrders,
    int inFlight,
    int clients) {

  Statements perOrder() {
    return whole.statements().minus(idle.times(whole.seconds())).times(1.0 / Math.max(1, whole.orders()));
  }

  double wholeRatio() {
    return whole.perSecond() / Ratios.median(floorOrders);
  }
}
