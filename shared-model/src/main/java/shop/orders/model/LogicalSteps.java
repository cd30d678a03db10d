package shop.orders.model;

import static shop.orders.model.OrderStatus.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workflow as it is shown to others: statuses are steps inside logical steps, and between those there is a graph. The Marketplace's is
 * the published one, version 1.12. Of the Fulfillment's none is public; its names are ours, in the same spirit.
 */
enum LogicalSteps {
  MARKETPLACE(Domain.MARKETPLACE),
  FULFILLMENT(Domain.FULFILLMENT);

  static {
    MARKETPLACE.contains("creating", ORDER_CREATED, ON_ORDER_COMPLETED, ON_ORDER_COMPLETED_FFM, ORDER_CREATE_ERROR, ORDER_CREATION_ERROR);
    MARKETPLACE.contains("approving-transaction",
        PAYMENT_PENDING, WAITING_FOR_ORDER_AUTHORIZATION, WAITING_FOR_MKT_AUTHORIZATION, WINDOW_TO_CHANGE_PAYMENT, APPROVE_PAYMENT, PAYMENT_APPROVED);
    MARKETPLACE.contains("authorizing",
        WAITING_FOR_SELLER_DECISION, WAITING_FOR_SELLERS_CONFIRMATION, WAITING_SELLER_HANDLING, CANCELLATION_REQUEST_DENIED, RELEASE_TO_FULFILLMENT);
    MARKETPLACE.contains("accepting-cancel", REQUEST_CANCEL);
    MARKETPLACE.contains("window-to-change-seller", WINDOW_TO_CHANGE_SELLER);
    MARKETPLACE.contains("invoice", INVOICE, INVOICE_AFTER_CANCELLATION_DENY);
    FULFILLMENT.contains("accepting", ORDER_ACCEPTED, WAITING_FOR_MANUAL_AUTHORIZATION);
    FULFILLMENT.contains("authorizing-fulfillment", WAITING_FFMT_AUTHORIZATION, WAITING_FOR_AUTHORIZATION, AUTHORIZE_FULFILLMENT);
    FULFILLMENT.contains("window-to-cancel", WINDOW_TO_CANCEL);
    FULFILLMENT.contains("preparing", READY_FOR_HANDLING, WAITING_FOR_FULFILLMENT);
    FULFILLMENT.contains("handling", START_HANDLING, HANDLING, READY_FOR_INVOICING, CANCELLATION_REQUEST_DENIED_FFM);
    FULFILLMENT.contains("accepting-cancel", CANCELLATION_REQUESTED);
    FULFILLMENT.contains("invoice", INVOICE, INVOICE_AFTER_CANCELLATION_DENY, SHIPPED);
    for (var steps : values()) {
      steps.contains("invoiced", INVOICED, REPLACED);
      steps.contains("canceling", CANCEL);
      steps.contains("canceled", CANCELED);
    }

    MARKETPLACE.leads("creating", expected("approving-transaction"), canceling());
    MARKETPLACE.leads("approving-transaction", expected("invoice"), system("authorizing"), canceling());
    MARKETPLACE.leads("authorizing", expected("invoice"), new Next("accepting-cancel", true, "cancel", false, false));
    MARKETPLACE.leads("accepting-cancel", new Next("authorizing", false, "invoice", false, false), new Next("canceling", false, "cancel", false, true));
    MARKETPLACE.leads("window-to-change-seller", expected("invoice"), system("authorizing"), canceling());
    MARKETPLACE.leads("invoice", new Next("invoiced", false, null, true, true), system("handling"));
    FULFILLMENT.leads("accepting", expected("authorizing-fulfillment"), canceling());
    FULFILLMENT.leads("authorizing-fulfillment", expected("window-to-cancel"), canceling());
    FULFILLMENT.leads("window-to-cancel", expected("preparing"), canceling());
    var asking = new Next("accepting-cancel", true, "cancel", false, false);
    FULFILLMENT.leads("preparing", new Next("handling", false, "start-handling", false, true), asking, canceling());
    FULFILLMENT.leads("handling", new Next("invoice", false, "invoice", false, true), asking, canceling());
    FULFILLMENT.leads("accepting-cancel", new Next("canceling", false, "cancel", false, true), new Next("handling", false, "deny", false, false));
    FULFILLMENT.leads("invoice", new Next("invoiced", false, null, true, true), system("handling"));
    for (var steps : values()) steps.leads("canceling", new Next("canceled", true, null, true, false));
  }

  private final Domain domain;
  private final Map<OrderStatus, String> parents = new EnumMap<>(OrderStatus.class);
  private final Map<String, List<Next>> graph = new LinkedHashMap<>();

  LogicalSteps(Domain domain) {
    this.domain = domain;
  }

  static LogicalSteps of(Domain domain) {
    return domain == Domain.FULFILLMENT ? FULFILLMENT : MARKETPLACE; // what is sold on goes the marketplace's way
  }

  /** The logical step of a status; null if this instance has no such status. */
  @Nullable String parent(OrderStatus status) {
    return parents.get(status);
  }

  /** Whether only this instance, not the other, has the status. */
  boolean alone(OrderStatus status) {
    return parents.containsKey(status) && !of(domain == Domain.FULFILLMENT ? Domain.MARKETPLACE : Domain.FULFILLMENT).parents.containsKey(status);
  }

  /** The graph as a JSON tree: each logical step with those that may follow it, the expected one first. */
  List<Map<String, @Nullable Object>> shown() {
    var steps = new ArrayList<Map<String, @Nullable Object>>();
    graph.forEach(
        (name, next) -> {
          var step = new LinkedHashMap<String, @Nullable Object>();
          step.put("name", name);
          step.put("next", next.stream().map(Next::shown).toList());
          step.put("systemWillMove", false);
          step.put("actionsAllowed", null);
          if (steps.isEmpty()) step.put("start", true);
          steps.add(step);
        });
    return steps;
  }

  private void contains(String step, OrderStatus... statuses) {
    for (var status : statuses) parents.put(status, step);
  }

  private void leads(String step, Next... next) {
    graph.put(step, List.of(next));
  }

  private static Next expected(String name) {
    return new Next(name, true, null, false, true);
  }

  private static Next system(String name) {
    return new Next(name, true, null, false, false);
  }

  private static Next canceling() {
    return new Next("canceling", true, "cancel", false, false);
  }

  /** @param action by which somebody may move the order there; null for none */
  private record Next(String name, boolean systemWillMove, @Nullable String action, boolean isAnEnd, boolean expectFlow) {
    Map<String, @Nullable Object> shown() {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("name", name);
      shown.put("next", null);
      shown.put("systemWillMove", systemWillMove);
      shown.put("actionsAllowed", action == null ? null : Map.of("type", action));
      if (isAnEnd) shown.put("isAnEnd", true);
      if (expectFlow) shown.put("expectFlow", true);
      return shown;
    }
  }
}
