package shop.orders.localstack.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.replay.Basket.Line;
import shop.orders.localstack.replay.Basket.Payment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes baskets as order documents with every key a document has when it is read back. What the server owns (id, status, dates)
 * is null or its neutral value. Constant parts come from {@code order-template.json}, which also serves as the pattern for a line,
 * its logistics and a payment.
 */
public final class OrderDocuments {
  private static final DateTimeFormatter SEVEN_DIGITS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSxxx", Locale.ROOT);
  private static final ObjectNode TEMPLATE = template();
  private static final ObjectNode ITEM = first(TEMPLATE.get("items"));
  private static final ObjectNode METADATA = first(TEMPLATE.get("itemMetadata").get("Items"));
  private static final ObjectNode LOGISTICS = first(TEMPLATE.get("shippingData").get("logisticsInfo"));
  private static final ObjectNode PAYMENT = first(TEMPLATE.get("paymentData").get("transactions").get(0).get("payments"));

  private OrderDocuments() {}

  /**
   * @param dice for ids; the same basket, dice and time give the same document
   * @param now the promised delivery date is counted from it
   */
  public static PlannedOrder plan(Basket basket, Dice dice, Instant now) {
    var order = TEMPLATE.deepCopy();
    order.put("value", basket.value());
    order.put("roundingError", basket.paid() - basket.value());
    order.put("orderFormId", dice.hex(32));
    totals((ArrayNode) order.get("totals"), basket);
    lines(order, basket, dice, now);
    payments((ObjectNode) order.get("paymentData").get("transactions").get(0), basket, dice, now);
    buyer(order, basket, dice);
    marketing(order, basket);
    ((ObjectNode) order.get("customData").get("customApps").get(0).get("fields"))
        .put("end", basket.end().label())
        .put("source", basket.source());
    return new PlannedOrder(basket.source(), basket.end(), order);
  }

  private static void totals(ArrayNode totals, Basket basket) {
    for (var total : totals) {
      long value = switch (total.get("id").asString()) {
        case "Items" -> basket.itemsTotal();
        case "Discounts" -> basket.discountsTotal();
        case "Shipping" -> basket.freightTotal();
        default -> 0; // prices are final ones, tax is inside
      };
      ((ObjectNode) total).put("value", value);
    }
  }

  private static void lines(ObjectNode order, Basket basket, Dice dice, Instant now) {
    var items = order.putArray("items");
    var metadata = ((ObjectNode) order.get("itemMetadata")).putArray("Items");
    var logistics = ((ObjectNode) order.get("shippingData")).putArray("logisticsInfo");
    var addressId = dice.digits(13);
    for (var line : basket.lines()) {
      logistics.add(logistics(line, items.size(), addressId, basket.businessDays(), now));
      items.add(item(line, dice, now));
      metadata.add(metadata(line));
    }
    var address = address((ObjectNode) order.get("shippingData").get("address"), basket.buyer(), addressId);
    ((ObjectNode) order.get("shippingData")).putArray("selectedAddresses").add(address.deepCopy());
  }

  private static ObjectNode item(Line line, Dice dice, Instant now) {
    var product = line.product();
    var item = ITEM.deepCopy()
        .put("uniqueId", dice.hex(32).toUpperCase(Locale.ROOT))
        .put("id", product.sku())
        .put("productId", product.productId())
        .put("ean", ean(product.sku()))
        .put("quantity", line.quantity())
        .put("name", product.name())
        .put("refId", "REF-" + product.sku())
        .put("price", line.price())
        .put("listPrice", line.price())
        .put("imageUrl", imageUrl(line))
        .put("detailUrl", detailUrl(line))
        .put("sellerSku", product.sku())
        .put("priceValidUntil", date(now.plus(365, ChronoUnit.DAYS)))
        .put("sellingPrice", line.sellingPrice());
    var total = line.sellingPrice() * line.quantity();
    var definition = ((ObjectNode) item.get("priceDefinition"))
        .put("calculatedSellingPrice", line.sellingPrice())
        .put("total", total);
    first(definition.get("sellingPrices")).put("value", line.sellingPrice()).put("quantity", line.quantity());
    if (line.discount() > 0) {
      long discount = -line.discount() * line.quantity();
      ((ArrayNode) item.get("priceTags")).addObject()
          .put("name", "DISCOUNT@MANUALPRICE")
          .put("value", discount)
          .put("isPercentual", false)
          .put("identifier", dice.hex(32))
          .put("rawValue", BigDecimal.valueOf(discount, 2));
    }
    int category = Math.floorMod(product.category().hashCode(), 900) + 1;
    var info = ((ObjectNode) item.get("additionalInfo"))
        .put("brandName", product.brand())
        .put("brandId", String.valueOf(2_000_000 + Math.floorMod(product.brand().hashCode(), 1000)))
        .put("categoriesIds", "/" + category + "/");
    ((ArrayNode) info.get("categories")).addObject().put("id", category).put("name", product.category());
    ((ObjectNode) info.get("dimension"))
        .put("cubicweight", cubicWeight(line))
        .put("height", (double) product.height())
        .put("length", (double) product.length())
        .put("weight", (double) product.grams())
        .put("width", (double) product.width());
    return item;
  }

  private static ObjectNode metadata(Line line) {
    var product = line.product();
    return METADATA.deepCopy()
        .put("Id", product.sku())
        .put("Name", product.name())
        .put("SkuName", product.name())
        .put("ProductId", product.productId())
        .put("RefId", "REF-" + product.sku())
        .put("Ean", ean(product.sku()))
        .put("ImageUrl", imageUrl(line))
        .put("DetailUrl", detailUrl(line));
  }

  private static ObjectNode logistics(Line line, int itemIndex, String addressId, int businessDays, Instant now) {
    var estimate = businessDays + "bd";
    var transit = Math.max(1, businessDays - 1) + "d";
    var logistics = LOGISTICS.deepCopy()
        .put("itemIndex", itemIndex)
        .put("price", line.freight())
        .put("listPrice", line.freight())
        .put("sellingPrice", line.freight())
        .put("deliveryCompany", line.courier())
        .put("shippingEstimate", estimate)
        .put("shippingEstimateDate", date(now.plus(businessDays * 7L / 5 + 1, ChronoUnit.DAYS)))
        .put("addressId", addressId)
        .put("transitTime", transit);
    first(logistics.get("slas")).put("shippingEstimate", estimate).put("price", line.freight()).put("transitTime", transit);
    first(logistics.get("deliveryIds"))
        .put("courierId", line.courier().toLowerCase(Locale.ROOT).replace(' ', '-'))
        .put("courierName", line.courier())
        .put("dockId", "dock-" + line.warehouse())
        .put("quantity", line.quantity())
        .put("warehouseId", line.warehouse());
    return logistics;
  }

  private static void payments(ObjectNode transaction, Basket basket, Dice dice, Instant now) {
    transaction.put("transactionId", dice.hex(32).toUpperCase(Locale.ROOT));
    var payments = transaction.putArray("payments");
    for (var payment : basket.payments()) payments.add(payment(payment, basket, dice, now));
  }

  private static ObjectNode payment(Payment paid, Basket basket, Dice dice, Instant now) {
    var tid = dice.digits(10);
    var payment = PAYMENT.deepCopy()
        .put("id", dice.hex(32).toUpperCase(Locale.ROOT))
        .put("paymentSystem", paid.method().id)
        .put("paymentSystemName", paid.method().label)
        .put("value", paid.value())
        .put("referenceValue", paid.value())
        .put("installments", paid.installments())
        .put("group", paid.method().group);
    if (paid.lastDigits() != null) {
      var holder = (basket.buyer().firstName() + " " + basket.buyer().lastName()).toUpperCase(Locale.ROOT);
      payment.put("cardHolder", holder).put("firstDigits", "400000").put("lastDigits", paid.lastDigits()).put("tid", tid);
      ((ObjectNode) payment.get("connectorResponses")).put("Tid", tid).put("ReturnCode", "00").put("Message", "Authorized").put("authId", dice.digits(6));
    }
    if (paid.method() == Basket.Method.BOLETO) {
      payment.put("dueDate", now.plus(3, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC).toLocalDate().toString())
          .put("bankIssuedInvoiceBarCodeNumber", dice.digits(44))
          .put("bankIssuedInvoiceBarCodeType", "i25");
    }
    return payment;
  }

  private static void buyer(ObjectNode order, Basket basket, Dice dice) {
    var buyer = basket.buyer();
    ((ObjectNode) order.get("clientProfileData"))
        .put("email", buyer.email())
        .put("firstName", buyer.firstName())
        .put("lastName", buyer.lastName())
        .put("document", buyer.document())
        .put("phone", buyer.phone())
        .put("userProfileId", buyer.userId())
        .put("userProfileVersion", dice.hex(32));
  }

  private static ObjectNode address(ObjectNode address, Basket.Buyer buyer, String addressId) {
    address.put("receiverName", buyer.firstName() + " " + buyer.lastName())
        .put("addressId", addressId)
        .put("postalCode", buyer.postalCode())
        .put("city", buyer.city())
        .put("state", buyer.state())
        .put("street", buyer.street())
        .put("number", buyer.number())
        .put("neighborhood", buyer.neighborhood())
        .put("complement", buyer.complement());
    address.putArray("geoCoordinates").add(buyer.longitude()).add(buyer.latitude());
    return address;
  }

  private static void marketing(ObjectNode order, Basket basket) {
    if (basket.campaign() == null && basket.coupon() == null) return;
    var marketing = order.putObject("marketingData")
        .put("id", "marketingData")
        .put("utmSource", basket.campaign() == null ? null : "newsletter")
        .putNull("utmPartner")
        .put("utmMedium", basket.campaign() == null ? null : "email")
        .put("utmCampaign", basket.campaign())
        .put("coupon", basket.coupon())
        .put("utmiCampaign", "")
        .put("utmipage", "")
        .put("utmiPart", "");
    marketing.putArray("marketingTags");
  }

  private static String ean(String sku) {
    return String.format(Locale.ROOT, "789%010d", Math.floorMod((long) sku.hashCode(), 10_000_000_000L));
  }

  private static String imageUrl(Line line) {
    return "https://images.example.com/ids/" + line.product().sku() + "-55-55/product.jpg";
  }

  private static String detailUrl(Line line) {
    return "/product-" + line.product().productId() + "/p";
  }

  /** The usual rule of carriers: cubic centimetres by 6000, in kilograms. */
  private static double cubicWeight(Line line) {
    var product = line.product();
    return Math.round(product.length() * product.height() * (double) product.width() / 6000 * 1e4) / 1e4;
  }

  private static String date(Instant at) {
    return SEVEN_DIGITS.format(at.atOffset(ZoneOffset.UTC));
  }

  private static ObjectNode first(JsonNode array) {
    return (ObjectNode) array.get(0);
  }

  private static ObjectNode template() {
    try (InputStream json = Objects.requireNonNull(OrderDocuments.class.getResourceAsStream("order-template.json"))) {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
