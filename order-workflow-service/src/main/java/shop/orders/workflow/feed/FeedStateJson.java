package shop.orders.workflow.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A feed's state as its cell keeps it. Every read and commit writes it anew, so what there is many of is short: what was leased by one read has
 * one array, {@code [until, deliveries, generation, number, distance to the next, ...]}, and so has what was parked by one.
 */
final class FeedStateJson {
  private static final int HEAD = 3;

  private FeedStateJson() {}

  static String write(ObjectMapper json, FeedState state) {
    var root = json.createObjectNode();
    if (!state.configId().isEmpty()) root.put("config", state.configId());
    root.put("scanned", state.scanned());
    if (state.generation() > 0) root.put("generation", state.generation());
    write(root.putArray("leased"), state.leased(), l -> List.of(l.until(), (long) l.deliveries(), (long) l.generation()));
    if (!state.parked().isEmpty()) write(root.putArray("parked"), state.parked(), p -> List.of(p.since(), (long) p.deliveries(), (long) p.generation()));
    if (!state.gaps().isEmpty()) {
      var gaps = root.putArray("gaps");
      state.gaps().list().forEach(range -> gaps.addArray().add(range.from()).add(range.to()));
    }
    return json.writeValueAsString(root);
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
    read(root.path("leased"), leased, a -> new FeedState.Lease(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt()));
    if (root.path("leased").isObject()) readOld(root.path("leased"), leased);
    var parked = new TreeMap<Long, FeedState.Parked>();
    read(root.path("parked"), parked, a -> new FeedState.Parked(a.path(0).asLong(), a.path(1).asInt(), a.path(2).asInt()));
    var gaps = new ArrayList<Ranges.Range>();
    root.path("gaps").forEach(range -> gaps.add(new Ranges.Range(range.path(0).asLong(), range.path(1).asLong())));
    return new FeedState(root.path("config").asString(""), root.path("scanned").asLong(), root.path("generation").asInt(0), leased, parked, new Ranges(gaps));
  }

  private static <T> void read(JsonNode groups, TreeMap<Long, T> into, Function<JsonNode, T> head) {
    if (!groups.isArray()) return;
    for (var group : groups) {
      var one = head.apply(group);
      long seq = 0;
      for (int i = HEAD; i < group.size(); i++) {
        seq += group.path(i).asLong();
        into.put(seq, one);
      }
    }
  }

  /** Before feeds could be rewound each lease was an object. */
  private static void readOld(JsonNode leases, Map<Long, FeedState.Lease> into) {
    leases.properties().forEach(
        p -> into.put(Long.valueOf(p.getKey()), new FeedState.Lease(p.getValue().path("until").asLong(), p.getValue().path("deliveries").asInt(), 0)));
  }
}
