package shop.orders.localstack.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order document that partners and replays look at; whatever else is in it is skipped while reading.
 *
 * @param value cents
 */
public record OrderView(
    String orderId,
    @Nullable String sequence,
    @Nullable String status,
    long value,
    @Nullable List<Item> items,
    @Nullable CustomData customData,
    @Nullable PackageAttachment packageAttachment,
    @Nullable ShippingData shippingData) {

  /** @param sellingPrice cents for one */
  public record Item(String id, @Nullable String name, long sellingPrice, int quantity) {}

  public record CustomData(@Nullable List<CustomApp> customApps) {}

  public record CustomApp(@Nullable String id, @Nullable Map<String, Object> fields) {}

  public record PackageAttachment(@Nullable List<Package> packages) {}

  /**
   * @param invoiceValue cents
   * @param issuanceDate as the invoice had it
   */
  public record Package(
      @Nullable String invoiceNumber, long invoiceValue, @Nullable String issuanceDate, @Nullable String type, @Nullable CourierStatus courierStatus) {
    /** It says so, and it is not a return. */
    boolean isSale() {
      return !"Input".equalsIgnoreCase(type);
    }

    public boolean delivered() {
      return courierStatus != null && courierStatus.finished();
    }

    public boolean tracked() {
      return courierStatus != null && courierStatus.data() != null && !courierStatus.data().isEmpty();
    }
  }

  public record CourierStatus(boolean finished, @Nullable List<Object> data) {}

  public record ShippingData(@Nullable Address address) {}

  public record Address(@Nullable String city, @Nullable String state) {}

  public static OrderView parse(String json) {
    return Json.MAPPER.readValue(json, OrderView.class);
  }

  /** The packages of the sale, returns left out; empty when there is none. */
  public List<Package> sales() {
    if (packageAttachment == null || packageAttachment.packages() == null) return List.of();
    return packageAttachment.packages().stream().filter(Package::isSale).toList();
  }

  /** A field that an application left in {@code customData.customApps}. */
  public Optional<String> customField(String app, String field) {
    if (customData == null || customData.customApps() == null) return Optional.empty();
    return customData.customApps().stream()
        .filter(found -> app.equals(found.id()))
        .flatMap(found -> found.fields() == null ? Stream.empty() : Stream.ofNullable(found.fields().get(field)))
        .map(Objects::toString)
        .findFirst();
  }
}
