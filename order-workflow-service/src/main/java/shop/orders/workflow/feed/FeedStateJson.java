package shop.orders.workflow.feed;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A feed's state as its cell keeps it. Every read and commit writes it anew, so what there is many of is short: {@code [until, deliveries]},
 * and a generation if there was one.
 */
final class FeedStateJson {
  private FeedStateJson() {}

  static String write(ObjectMapper json, FeedState state) {
    var root = json.createObjectNode();
    root.put("scanned", state.scanned());
    if (state.generation() > 0) root.put("generation", state.generation());
    write(root.putObject("leased"), state.leased(), l -> new long[] {l.until(), l.deliveries(), l.generation()});
    if (!state.parked().isEmpty()) write(root.putObject("parked"), state.parked(), p -> new long[] {p.since(), p.deliveries(), p.generation()});
    if (!state.gaps().isEmpty()) {
      var gaps = root.putArray("gaps");
      state.gaps().list().forEach(range -> gaps.addArray().add(range.from()).add(range.to()));
    }
    return json.writeValueAsString(root);
  }

  private static <T> void write(ObjectNode to, Map<Long, T> byNumber, Function<T, long[]> numbers) {
    byNumber.forEach(
        (seq, one) -> {
          var array = to.putArray(seq.toString());
          var values = numbers.apply(one);
          array.add(values[0]).add(values[1]);
          if (values[2] > 0) array.add(values[2]);
        });
  }

  static FeedState read(ObjectMapper json, String text) {
    var root = json.readTree(text);
    var leased = new TreeMap<Long, FeedState.Lease>();
    root.path("leased").properties().forEach(
        p -> leased.put(Long.valueOf(p.getKey()), new FeedState.Lease(at(p.getValue(), 0, "until"), (int) at(p.getValue(), 1, "deliveries"), generation(p.getValue()))));
    var parked = new TreeMap<Long, FeedState.Parked>();
    root.path("parked").properties().forEach(
        p -> parked.put(Long.valueOf(p.getKey()), new FeedState.Parked(p.getValue().path(0).asLong(), p.getValue().path(1).asInt(), generation(p.getValue()))));
    var gaps = new ArrayList<Ranges.Range>();
    root.path("gaps").forEach(range -> gaps.add(new Ranges.Range(range.path(0).asLong(), range.path(1).asLong())));
    return new FeedState(root.path("scanned").asLong(), root.path("generation").asInt(0), leased, parked, new Ranges(gaps));
  }

  /** Leases were objects once. */
  private static long at(JsonNode lease, int place, String name) {
    return lease instanceof ArrayNode ? lease.path(place).asLong() : lease.path(name).asLong();
  }

  private static int generation(JsonNode one) {
    return one.path(2).asInt(0);
  }
}
