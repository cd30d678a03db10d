package shop.orders.search.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import shop.orders.search.index.OrderQuery;
import shop.orders.search.index.OrderQuery.DateField;
import shop.orders.search.index.OrderQuery.Flag;
import shop.orders.search.index.OrderQuery.NameField;
import shop.orders.search.index.OrderQuery.Range;
import shop.orders.search.index.OrderQuery.Sort;
import shop.orders.web.ApiError;

/**
 * Reads the list's parameters. Names in any case; what is not known is ignored, since people copy URLs from the admin with all sorts of
 * things in them; what is known but makes no sense is refused in words.
 */
final class ListParameters {
  static final int MOST_PAGES = 30;
  private static final int MOST_PER_PAGE = 100;
  private static final int USUAL_PER_PAGE = 15;
  private static final String ALL = "$$ALL_VALUES$$";

  private static final Map<String, NameField> NAMES =
      Map.ofEntries(
          Map.entry("f_status", NameField.STATUS),
          Map.entry("f_saleschannel", NameField.SALES_CHANNEL),
          Map.entry("saleschannelid", NameField.SALES_CHANNEL),
          Map.entry("f_affiliateid", NameField.AFFILIATE_ID),
          Map.entry("f_sellernames", NameField.SELLER_NAME),
          Map.entry("f_paymentnames", NameField.PAYMENT_NAME),
          Map.entry("f_utmsource", NameField.UTM_SOURCE),
          Map.entry("f_callcenteroperatorname", NameField.CALL_CENTER_OPERATOR),
          Map.entry("f_rnb", NameField.RATES_AND_BENEFITS));

  private static final Map<String, DateField> DATES =
      Map.of("f_creationdate", DateField.CREATED, "f_authorizeddate", DateField.AUTHORIZED, "f_invoiceddate", DateField.INVOICED);

  private static final Map<String, Flag> FLAGS = Map.of("f_hasinputinvoice", Flag.HAS_INPUT_INVOICE, "f_isinstore", Flag.IN_STORE);

  /** {@code searchField} names one of these, whose own parameter carries the value. */
  private static final Map<String, NameField> SEARCH_FIELDS =
      Map.of(
          "sku_ids", NameField.SKU_ID,
          "listid", NameField.LIST_ID,
          "paymentid", NameField.PAYMENT_ID,
          "pci_tid", NameField.TRANSACTION_ID,
          "tid", NameField.TID,
          "nsu", NameField.NSU);

  private static final Map<String, Sort> SORTS =
      Map.of(
          "creationdate", Sort.CREATION_DATE,
          "orderid", Sort.ORDER_ID,
          "items", Sort.ITEMS,
          "totalitems", Sort.ITEMS,
          "totalvalue", Sort.TOTAL_VALUE,
          "origin", Sort.ORIGIN);

  private static final Pattern DAYS = Pattern.compile("(-?\\d{1,4})\\.days");

  private ListParameters() {}

  /**
   * @param given names and values as they came, decoded
   * @throws ApiError 400 if a value makes no sense
   */
  static OrderQuery read(Map<String, String[]> given, Clock clock) {
    var values = Values.of(given);
    var names = new EnumMap<NameField, Set<String>>(NameField.class);
    NAMES.forEach((parameter, field) -> add(names, field, values.all(parameter)));
    var searched = SEARCH_FIELDS.get(values.one("searchfield").toLowerCase(Locale.ROOT));
    if (searched != null) add(names, searched, values.all(values.one("searchfield").toLowerCase(Locale.ROOT)));

    var dates = new EnumMap<DateField, Range>(DateField.class);
    DATES.forEach(
        (parameter, field) -> {
          var text = values.one(parameter);
          if (!text.isEmpty()) dates.put(field, DateRange.read(values.nameAsGiven(parameter), text));
        });
    var shipping = values.one("f_shippingestimate");
    if (!shipping.isEmpty()) dates.put(DateField.SHIPPING_ESTIMATED, days(shipping, clock.instant()));

    var flags = new EnumMap<Flag, Boolean>(Flag.class);
    FLAGS.forEach((parameter, flag) -> flag(values, parameter).ifPresent(value -> flags.put(flag, value)));

    boolean incomplete = flag(values, "incompleteorders").orElse(false);
    var order = values.one("orderby").toLowerCase(Locale.ROOT).split(",", -1);
    int page = number(values, "page", 1);
    if (page > MOST_PAGES) throw ApiError.invalid("page", "Max page exceed ( " + MOST_PAGES + " ), refine filter");
    int perPage = Math.min(number(values, "per_page", USUAL_PER_PAGE), MOST_PER_PAGE);
    return new OrderQuery(values.one("q"), names, dates, flags, incomplete, sort(order, values), ascending(order, values), page, perPage);
  }

  /** A list of values, or one value that has a comma in it: a shop may be called so. */
  private static void add(Map<NameField, Set<String>> names, NameField field, List<String> given) {
    if (given.isEmpty() || given.contains(ALL)) return;
    var wanted = new LinkedHashSet<String>();
    for (var value : given) {
      wanted.add(value);
      for (var part : value.split(",")) {
        if (part.strip().equals(ALL)) return;
        if (!part.isBlank()) wanted.add(part.strip());
      }
    }
    names.merge(field, wanted, ListParameters::both);
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    var both = new LinkedHashSet<>(one);
    both.retainAll(other);
    return both;
  }

  /** {@code 7.days} the next seven, {@code 1.days} tomorrow, {@code 0.days} today, {@code -1.days} late; days are UTC's. */
  private static Range days(String text, Instant now) {
    var matcher = DAYS.matcher(text);
    if (!matcher.matches()) throw ApiError.invalid("f_shippingEstimate", "f_shippingEstimate must be like 7.days, was: " + text);
    int days = Integer.parseInt(matcher.group(1));
    var today = now.atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant();
    var day = Duration.ofDays(1);
    var justBefore = Duration.ofMillis(1);
    if (days < 0) return new Range(null, today.minus(justBefore));
    if (days <= 1) return new Range(today.plus(day.multipliedBy(days)), today.plus(day.multipliedBy(days + 1)).minus(justBefore));
    return new Range(today, today.plus(day.multipliedBy(days + 1)).minus(justBefore));
  }

  private static Optional<Boolean> flag(Values values, String parameter) {
    var text = values.one(parameter);
    if (text.isEmpty()) return Optional.empty();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) return Optional.of(Boolean.valueOf(text));
    throw ApiError.invalid(values.nameAsGiven(parameter), values.nameAsGiven(parameter) + " must be true or false, was: " + text);
  }

  private static Sort sort(String[] order, Values values) {
    if (order[0].isBlank()) return Sort.CREATION_DATE;
    var sort = SORTS.get(order[0].strip());
    if (sort == null) throw badOrder(values);
    return sort;
  }

  private static boolean ascending(String[] order, Values values) {
    if (order.length == 1) return false;
    if (order.length > 2) throw badOrder(values);
    return switch (order[1].strip()) {
      case "asc" -> true;
      case "desc", "" -> false;
      default -> throw badOrder(values);
    };
  }

  private static ApiError badOrder(Values values) {
    return ApiError.invalid(
        "orderBy", "orderBy must be one of creationDate, orderId, items, totalValue, origin, then ,asc or ,desc; was: " + values.one("orderby"));
  }

  private static int number(Values values, String parameter, int otherwise) {
    var text = values.one(parameter);
    if (text.isEmpty()) return otherwise;
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw ApiError.invalid(parameter, parameter + " must be a whole number from 1, was: " + text);
    }
    return Integer.parseInt(text);
  }

  /** Parameters by lower-case name; empty values are as good as none. */
  private record Values(Map<String, List<String>> byName, Map<String, String> spelling) {
    static Values of(Map<String, String[]> given) {
      var byName = new HashMap<String, List<String>>();
      var spelling = new HashMap<String, String>();
      given.forEach(
          (name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            spelling.putIfAbsent(lower, name);
            for (var value : values) if (!value.isBlank()) byName.computeIfAbsent(lower, n -> new ArrayList<>()).add(value.strip());
          });
      return new Values(byName, spelling);
    }

    List<String> all(String name) {
      return byName.getOrDefault(name, List.of());
    }

    String one(String name) {
      var all = all(name);
      return all.isEmpty() ? "" : all.get(0);
    }

    String nameAsGiven(String name) {
      return spelling.getOrDefault(name, name);
    }
  }
}
