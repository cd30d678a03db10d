package shop.orders.systemtest.drill;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch.Unreachable;

/** What can happen to Elasticsearch. */
final class SearchFaults {
  private static final String INDICES = "/orders-g*";
  private static final List<String> WATERMARKS = List.of("low", "high", "flood_stage");

  /** Elasticsearch looks at its disk every 30 seconds by itself. */
  private static final Duration DISK_LOOKED_AT = Duration.ofSeconds(90);

  private final PlainElasticsearch elasticsearch;
  private final OtherCommands others;

  /** @param others start and stop what is to fail */
  SearchFaults(PlainElasticsearch elasticsearch, OtherCommands others) {
    this.elasticsearch = elasticsearch;
    this.others = others;
  }

  List<Fault> all() {
    return List.of(
        new Fault("killed", "Elasticsearch killed, started again", process("kill"), process("start")),
        new Fault("frozen", "Elasticsearch frozen, thawed", process("freeze"), process("thaw")),
        new Fault("read-only", "all indices read-only, writable again", () -> block(true), () -> block(null)),
        new Fault("disk-full", "over the disk's flood stage, below it again", this::diskFull, this::diskFree),
        new Fault("index-deleted", "all indices deleted", this::deleteIndices, () -> {}),
        new Fault("template-deleted", "templates deleted, then all indices", this::deleteTemplates, this::deleteIndices));
  }

  private Runnable process(String verb) {
    return () -> others.oms(verb, "elasticsearch");
  }

  private void block(@Nullable Boolean readOnly) {
    var setting = new HashMap<String, Object>();
    setting.put("index.blocks.read_only", readOnly);
    elasticsearch.call("PUT", INDICES + "/_settings", setting).require();
  }

  /** Everything Elasticsearch itself does at the flood stage: it marks the indices, and takes the mark away when there is room. */
  private void diskFull() {
    watermarks("999tb");
    await("indices marked for want of room", () -> isMarked());
  }

  private void diskFree() {
    watermarks("1b");
    await("indices writable again", () -> !isMarked());
    var nothing = new HashMap<String, Object>();
    nothing.put("cluster.routing.allocation.disk.*", null);
    nothing.put("cluster.info.*", null);
    cluster(nothing);
  }

  private void watermarks(String freeSpace) {
    var settings = new HashMap<String, Object>();
    settings.put("cluster.routing.allocation.disk.threshold_enabled", true);
    settings.put("cluster.info.update.interval", "10s");
    for (var watermark : WATERMARKS) settings.put("cluster.routing.allocation.disk.watermark." + watermark, freeSpace);
    cluster(settings);
  }

  private void cluster(Map<String, Object> settings) {
    elasticsearch.call("PUT", "/_cluster/settings", Map.of("persistent", settings)).require();
  }

  private boolean isMarked() {
    return elasticsearch.call("GET", INDICES + "/_settings/index.blocks.*?flat_settings=true", null).require().toString().contains("read_only_allow_delete\":\"true");
  }

  private void deleteIndices() {
    for (var name : elasticsearch.call("GET", INDICES + "/_settings/index.uuid", null).require().propertyNames()) {
      elasticsearch.call("DELETE", "/" + name, null).require();
    }
  }

  private void deleteTemplates() {
    elasticsearch.call("DELETE", "/_index_template/orders*", null);
    elasticsearch.call("DELETE", "/_component_template/orders*", null);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DISK_LOOKED_AT.toNanos();
    while (!answers(condition)) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("not within " + DISK_LOOKED_AT.toSeconds() + " s: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  private static boolean answers(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (Unreachable e) {
      return false; // busy: asked again
    }
  }
}
