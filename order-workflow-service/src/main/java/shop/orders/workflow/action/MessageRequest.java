package shop.orders.workflow.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.model.VtexDates;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * A mail as whoever sends them reports it.
 *
 * @param id the sender's, if it has one: reported again under it, it is the same mail
 */
record MessageRequest(
    @Nullable String id, Person from, List<Person> to, String subject, String firstWords, String body, List<String> attachments, @Nullable String date) {
  private static final int LARGEST_BODY = 256 * 1024;
  private static final int MOST_RECEIVERS = 50;
  private static final int MOST_ATTACHMENTS = 100;
  private static final int LONGEST_NAME = 200;
  private static final int FIRST_WORDS = 53;
  private static final DateTimeFormatter IN_ID = DateTimeFormatter.ofPattern("yyyy-MM-dd't'HH-mm-ss").withZone(ZoneOffset.UTC);

  /** @param alias shown beside the address; null for one of our making */
  record Person(String email, @Nullable String alias, @Nullable String name, @Nullable String role) {
    static Person of(JsonNode node, String field) {
      if (!node.isObject()) throw ApiError.invalid(field, "The " + field + " field must have an object with an email.");
      return new Person(Fields.requiredText(node, "email"), Fields.text(node, "emailAlias"), Fields.text(node, "name"), Fields.text(node, "role"));
    }

    Map<String, @Nullable Object> shown(OrderKey order) {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("conversationRelatedTo", order.orderId());
      shown.put("conversationSubject", "oms");
      shown.put("emailAlias", alias == null ? alias(order.account(), email) : alias);
      shown.put("aliasMaskType", 0L);
      shown.put("email", email);
      shown.put("name", name);
      shown.put("role", role);
      return shown;
    }

    /** The same for the same address in an account. Nothing that is sent there arrives anywhere: we run no mail relay. */
    private static String alias(String account, String email) {
      return hash(account + "/" + email.strip().toLowerCase(Locale.ROOT)) + "@ct." + account + ".invalid";
    }
  }

  /** @throws ApiError 400 if a required field is missing or makes no sense */
  static MessageRequest of(JsonNode sent) {
    if (!sent.isObject()) throw ApiError.invalid("body", "The body must be a message.");
    var from = Person.of(sent.path("from"), "from");
    var to = Fields.list(sent, "to").stream().map(one -> Person.of(one, "to")).toList();
    if (to.isEmpty() || to.size() > MOST_RECEIVERS) throw ApiError.invalid("to", "The to field must have 1 to " + MOST_RECEIVERS + " receivers.");
    var subject = Fields.requiredText(sent, "subject");
    var body = Fields.longText(sent, "body");
    if (body == null || body.isBlank()) throw ApiError.invalid("body", "The body field is required.");
    if (body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
      throw ApiError.invalid("body", "The body field must have at most " + LARGEST_BODY + " bytes.");
    }
    var date = Fields.text(sent, "date");
    if (date != null && VtexDates.read(date).isEmpty()) throw ApiError.invalid("date", "The date field must be a date like 2026-11-24T12:00:00+00:00.");
    return new MessageRequest(id(sent), from, to, subject, firstWords(sent, body), body, attachments(sent), date);
  }

  private static @Nullable String id(JsonNode sent) {
    var id = Fields.text(sent, "id");
    if (id != null && (id.isBlank() || id.length() > 100)) throw ApiError.invalid("id", "The id field must have 1 to 100 characters.");
    return id;
  }

  private static List<String> attachments(JsonNode sent) {
    var value = sent.path("attachmentNames");
    if (value.isMissingNode() || value.isNull()) return List.of();
    if (!value.isArray() || value.size() > MOST_ATTACHMENTS) {
      throw ApiError.invalid("attachmentNames", "The attachmentNames field must be a list of at most " + MOST_ATTACHMENTS + ".");
    }
    var names = new ArrayList<String>();
    for (var name : value) {
      if (!name.isString() || name.asString().length() > LONGEST_NAME) {
        throw ApiError.invalid("attachmentNames", "Every one of attachmentNames must be a text of at most " + LONGEST_NAME + " characters.");
      }
      names.add(name.asString());
    }
    return names;
  }

  /** The sender's, or how the body's text begins, cut at a word's end. */
  private static String firstWords(JsonNode sent, String body) {
    var words = Fields.text(sent, "firstWords");
    if (words != null && words.length() > LONGEST_NAME) {
      throw ApiError.invalid("firstWords", "The firstWords field must have at most " + LONGEST_NAME + " characters.");
    }
    if (words != null) return words;
    var text = Jsoup.parse(body).text();
    if (text.length() <= FIRST_WORDS) return text;
    int end = text.lastIndexOf(' ', FIRST_WORDS);
    if (end < FIRST_WORDS / 2) end = Character.isHighSurrogate(text.charAt(FIRST_WORDS - 1)) ? FIRST_WORDS - 1 : FIRST_WORDS;
    return text.substring(0, end) + "...";
  }

  /** The sender's id, or one of the time and the command. */
  String idFor(UUID command, Instant at) {
    return id == null ? IN_ID.format(at) + "_" + Receipt.text(command) : id;
  }

  /** The message as it is shown. */
  Map<String, @Nullable Object> document(OrderKey order, String id, Instant at) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("id", id);
    document.put("from", from.shown(order));
    document.put("to", to.stream().map(person -> person.shown(order)).toList());
    document.put("subject", subject);
    document.put("firstWords", firstWords);
    document.put("body", body);
    document.put("hasAttachment", !attachments.isEmpty());
    document.put("attachmentNames", attachments);
    document.put("date", VtexDates.document(VtexDates.read(date).orElse(at)));
    return document;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
