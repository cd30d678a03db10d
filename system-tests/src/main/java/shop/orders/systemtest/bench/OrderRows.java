package shop.orders.systemtest.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the product has written of one order, decision by decision, for the floor to copy. */
record OrderRows(String documentRevision, List<Decision> decisions) {
  record Event(long version, String type, String body) {}

  /** @param baseVersion of the order before it */
  record Decision(long baseVersion, List<Event> events, @Nullable Document document) {}

  record Document(String revision, ByteBuffer body, @Nullable ByteBuffer customer) {}

  /** @throws IllegalStateException if one of the orders was not invoiced in four decisions */
  static List<OrderRows> read(CqlSession session, String keyspace, String account, List<String> orders) {
    return orders.stream().map(order -> read(session, keyspace, account, order)).toList();
  }

  private static OrderRows read(CqlSession session, String keyspace, String account, String order) {
    var documents = new HashMap<String, Document>();
    for (var row : session.execute("SELECT rev, body, customer FROM " + keyspace + ".order_docs WHERE account = ? AND order_id = ?", account, order)) {
      var revision = Objects.requireNonNull(row.getString("rev"));
      documents.put(revision, new Document(revision, Objects.requireNonNull(row.getByteBuffer("body")), row.getByteBuffer("customer")));
    }
    var byCommand = new LinkedHashMap<UUID, List<Row>>();
    for (var row : session.execute("SELECT seq, cmd_id, type, body, doc_rev FROM " + keyspace + ".orders WHERE account = ? AND order_id = ?", account, order)) {
      byCommand.computeIfAbsent(Objects.requireNonNull(row.getUuid("cmd_id")), command -> new ArrayList<>()).add(row);
    }
    if (byCommand.size() != 4) throw new IllegalStateException("order " + order + " has " + byCommand.size() + " decisions, the floor plays 4");
    return of(documents, List.copyOf(byCommand.values()));
  }

  private static OrderRows of(Map<String, Document> documents, List<List<Row>> commands) {
    var placed = Objects.requireNonNull(commands.get(0).get(0).getString("doc_rev"));
    var decisions = new ArrayList<Decision>();
    for (var rows : commands) {
      var events = rows.stream().map(OrderRows::event).toList();
      // An event that brought a document names its revision.
      var document = documents.values().stream().filter(each -> events.stream().anyMatch(event -> event.body().contains(each.revision()))).findFirst();
      decisions.add(new Decision(events.get(0).version() - 1, events, document.orElse(null)));
    }
    return new OrderRows(placed, decisions);
  }

  private static Event event(Row row) {
    return new Event(row.getLong("seq"), Objects.requireNonNull(row.getString("type")), Objects.requireNonNull(row.getString("body")));
  }

  int events() {
    return decisions.stream().mapToInt(decision -> decision.events().size()).sum();
  }

  int eventBytes() {
    return decisions.stream().flatMap(decision -> decision.events().stream()).mapToInt(event -> event.body().length()).sum();
  }

  int documentBytes() {
    int bytes = 0;
    for (var decision : decisions) {
      var document = decision.document();
      if (document != null) bytes += document.body().remaining() + (document.customer() == null ? 0 : document.customer().remaining());
    }
    return bytes;
  }
}
