package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A feed's state as its cell keeps it. Every read and commit writes it anew, so what there is many of is short: what was leased by one read has
 * one array, {@code [until, deliveries, generation, since, number, distance to the next, ...]}, and so has what was parked by one.
 */
final class FeedStateJson {
  private static final int HEAD = 4;

  /** Before gaps were refilled nobody needed to know how old a lease's event was. */
  private static final int OLD_HEAD = 3;

  private FeedStateJson() {}

  static String write(ObjectMapper json, FeedState state) {
    var root = json.createObjectNode();
    if (!state.configId().isEmpty()) root.put("config", state.configId());
    root.put("scanned", state.scanned());
    if (state.since() > 0) root.put("since", state.since());
    if (state.generation() > 0) root.put("generation", state.generation());
    write(root.putArray("leases"), state.leased(), l -> List.of(l.until(), (long) l.deliveries(), (long) l.generation(), l.since()));
    if (!state.parked().isEmpty()) write(root.putArray("aside"), state.parked(), p -> List.of(p.at(), (long) p.deliveries(), (long) p.generation(), p.since()));
    if (!state.gaps().isEmpty()) write(root.putArray("gaps"), state.gaps());
    if (!state.told().isEmpty()) write(root.putArray("told"), state.told());
    if (!state.refill().equals(Refill.NONE)) write(root.putObject("refill"), state.refill());
    return json.writeValueAsString(root);
  }

  private static void write(ArrayNode to, Ranges ranges) {
    ranges.list().forEach(range -> to.addArray().add(range.from()).add(range.to()).add(range.since()));
  }

  private static void write(ObjectNode to, Refill refill) {
    to.put("head", refill.head()).put("drained", refill.drained());
    var job = refill.job();
    if (job != null) {
      var node = to.putObject("job").put("from", job.from()).put("to", job.to()).put("quantity", job.quantity()).put("position", job.position());
      node.put("since", job.since().toEpochMilli()).put("until", job.until().toEpochMilli()).put("head", job.head()).put("found", job.found());
    }
    for (var one : refill.closed()) {
      var node = to.withArray("closed").addObject().put("state", one.state().name()).put("found", one.found());
      if (one.since() != null && one.until() != null) node.put("since", one.since().toEpochMilli()).put("until", one.until().toEpochMilli());
      write(node.putArray("removed"), one.removed());
    }
  }

  private static <T> void write(ArrayNode to, TreeMap<Long, T> byNumber, Function<T, List<Long>> head) {
    var groups = new HashMap<List<Long>, ArrayNode>();
    var lasts = new HashMap<List<Long>, Long>();
    byNumber.forEach(
        (seq, one) -> {
          var shared = head.apply(one);
          var group = groups.computeIfAbsent(shared, s -> begun(to.addArray(), s));
          var last = lasts.put(shared, seq);
          group.add(last == null ? seq : seq - last);
        });
  }

  private static ArrayNode begun(ArrayNode group, List<Long> shared) {
    shared.forEach(group::add);
    return group;
  }

  static FeedState read(ObjectMapper json, String text) {
    var root = json.readTree(text);
    var leased = new TreeMap<Long, FeedState.Lease>();
    read(root.path("leases"), HEAD, leased, a -> new FeedState.Lease(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt(), a.path(3).asLong()));
    read(root.path("leased"), OLD_HEAD, leased, a -> new FeedState.Lease(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt(), 0));
    if (root.path("leased").isObject()) readOld(root.path("leased"), leased);
    var parked = new TreeMap<Long, FeedState.Parked>();
    read(root.path("aside"), HEAD, parked, a -> new FeedState.Parked(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt(), a.path(3).asLong()));
    read(root.path("parked"), OLD_HEAD, parked, a -> new FeedState.Parked(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt(), 0));
    return new FeedState(
        root.path("config").asString(""),
        root.path("scanned").asLong(),
        root.path("since").asLong(0),
        root.path("generation").asInt(0),
        leased,
        parked,
        ranges(root.path("gaps")),
        ranges(root.path("told")),
        root.has("refill") ? refill(root.path("refill")) : Refill.NONE);
  }

  private static Ranges ranges(JsonNode node) {
    var ranges = new ArrayList<Ranges.Range>();
    node.forEach(range -> ranges.add(new Ranges.Range(range.path(0).asLong(), range.path(1).asLong(), range.path(2).asLong(0))));
    return new Ranges(ranges);
  }

  private static Refill refill(JsonNode node) {
    var closed = new ArrayList<Refill.Closed>();
    for (var one : node.path("closed")) {
      closed.add(new Refill.Closed(ranges(one.path("removed")), time(one.path("since")), time(one.path("until")), Refill.State.valueOf(one.path("state").asString()), one.path("found").asLong()));
    }
    return new Refill(node.has("job") ? job(node.path("job")) : null, closed, node.path("head").asLong(), node.path("drained").asLong());
  }

  private static Refill.Job job(JsonNode node) {
    return new Refill.Job(
        node.path("from").asLong(),
        node.path("to").asLong(),
        node.path("quantity").asLong(),
        Instant.ofEpochMilli(node.path("since").asLong()),
        Instant.ofEpochMilli(node.path("until").asLong()),
        node.path("position").isString() ? node.path("position").asString() : null,
        node.path("head").asLong(),
        node.path("found").asLong());
  }

  private static @Nullable Instant time(JsonNode node) {
    return node.isNumber() ? Instant.ofEpochMilli(node.asLong()) : null;
  }

  private static <T> void read(JsonNode groups, int head, TreeMap<Long, T> into, Function<JsonNode, T> shared) {
    if (!groups.isArray()) return;
    for (var group : groups) {
      var one = shared.apply(group);
      long seq = 0;
      for (int i = head; i < group.size(); i++) {
        seq += group.path(i).asLong();
        into.put(seq, one);
      }
    }
  }

  /** Before feeds could be rewound each lease was an object. */
  private static void readOld(JsonNode leases, Map<Long, FeedState.Lease> into) {
    leases.properties().forEach(
        p -> into.put(Long.valueOf(p.getKey()), new FeedState.Lease(p.getValue().path("until").asLong(), p.getValue().path("deliveries").asInt(), 0, 0)));
  }
}
