package shop.orders.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where an order stands, by the public names. Which status may follow which depends on the {@link Flow}. */
public enum OrderStatus {
  /** Begun by a checkout, not yet an order: by the public API it has no status at all, and feeds do not hear of it. */
  INCOMPLETE("incomplete", ""),
  ORDER_CREATED("order-created", "Processando"),
  ON_ORDER_COMPLETED("on-order-completed", "Processando"),
  ON_ORDER_COMPLETED_FFM("on-order-completed-ffm", "Processando"),
  ORDER_CREATE_ERROR("order-create-error", "Erro na criação do pedido"),
  ORDER_CREATION_ERROR("order-creation-error", "Erro na criação do pedido"),
  PAYMENT_PENDING("payment-pending", "Pagamento Pendente"),
  WAITING_FOR_ORDER_AUTHORIZATION("waiting-for-order-authorization", "Aguardando Autorização do Pedido"),
  APPROVE_PAYMENT("approve-payment", "Aprovar Pagamento"),
  PAYMENT_APPROVED("payment-approved", "Pagamento Aprovado"),
  WAITING_SELLER_HANDLING("waiting-seller-handling", "Aguardando Manuseio do Seller"),
  REQUEST_CANCEL("request-cancel", "Solicitar Cancelamento"),
  WAITING_FOR_SELLER_DECISION("waiting-for-seller-decision", "Aguardando Decisão do Seller"),
  WINDOW_TO_CHANGE_SELLER("window-to-change-seller", "Carência para Troca de Seller"),
  WINDOW_TO_CHANGE_PAYMENT("window-to-change-payment", "Carência para Troca de Pagamento"),
  WAITING_FOR_MKT_AUTHORIZATION("waiting-for-mkt-authorization", "Aguardando Autorização do Marketplace"),
  ORDER_ACCEPTED("order-accepted", "Verificando Envio"),
  WAITING_FOR_MANUAL_AUTHORIZATION("waiting-for-manual-authorization", "Aguardando Autorização Manual"),
  WAITING_FFMT_AUTHORIZATION("waiting-ffmt-authorization", "Aguardando Autorização para Despachar"),
  WAITING_FOR_AUTHORIZATION("waiting-for-authorization", "Aguardando Autorização para Despachar"),
  WAITING_FOR_FULFILLMENT("waiting-for-fulfillment", "Aguardando Fulfillment"),
  AUTHORIZE_FULFILLMENT("authorize-fulfillment", "Autorizar Despacho"),
  WINDOW_TO_CANCEL("window-to-cancel", "Carência para Cancelamento"),
  READY_FOR_HANDLING("ready-for-handling", "Pronto para o Manuseio"),
  START_HANDLING("start-handling", "Iniciar Manuseio"),
  HANDLING("handling", "Preparando Entrega"),
  READY_FOR_INVOICING("ready-for-invoicing", "Pronto para Faturamento"),
  INVOICE_AFTER_CANCELLATION_DENY("invoice-after-cancellation-deny", "Faturar Após Cancelamento Negado"),
  INVOICE("invoice", "Faturar"),
  INVOICED("invoiced", "Faturado"),
  REPLACED("replaced", "Substituído"),
  CANCELLATION_REQUESTED("cancellation-requested", "Cancelamento Solicitado"),
  CANCELLATION_REQUEST_DENIED("cancellation-request-denied", "Cancelamento Negado"),
  CANCELLATION_REQUEST_DENIED_FFM("cancellation-request-denied-ffm", "Cancelamento Negado"),
  WAITING_FOR_SELLERS_CONFIRMATION("waiting-for-sellers-confirmation", "Aguardando Confirmação dos Sellers"),
  RELEASE_TO_FULFILLMENT("release-to-fulfillment", "Liberado para Fulfillment"),
  SHIPPED("shipped", "Enviado"),
  CANCEL("cancel", "Cancelar"),
  CANCELED("canceled", "Cancelado");

  private static final Map<String, OrderStatus> BY_WIRE =
      Stream.of(values()).collect(Collectors.toMap(OrderStatus::wire, Function.identity()));

  private final String wire;
  private final String description;

  OrderStatus(String wire, String description) {
    this.wire = wire;
    this.description = description;
  }

  /** The name on the wire, {@code ready-for-handling}. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** The label old connectors read in {@code statusDescription}; Portuguese, as the API has always sent it. */
  public String description() {
    return description;
  }

  /** The name public documents show; null for {@link #INCOMPLETE}. */
  public @Nullable String shown() {
    return this == INCOMPLETE ? null : wire;
  }

  /** Canceled, invoiced, replaced or shipped: nothing more is expected of the order. */
  public boolean isFinal() {
    return this == CANCELED || this == INVOICED || this == REPLACED || this == SHIPPED;
  }

  /** The status of that public name, empty if there is none. */
  public static Optional<OrderStatus> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  @JsonCreator
  static OrderStatus fromJson(String wire) {
    return of(wire).orElseThrow(() -> new IllegalArgumentException("not a status: " + wire));
  }

  @Override
  public String toString() {
    return wire;
  }
}
