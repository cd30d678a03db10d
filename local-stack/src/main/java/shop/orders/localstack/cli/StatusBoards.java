package shop.orders.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What both services tell of every capability, side by side: each finds it out by itself, and one that is dead tells nothing. */
final class StatusBoards {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String SILENT = "-";

  private final Map<String, JsonNode> workflow;
  private final Map<String, JsonNode> search;

  private StatusBoards(Map<String, JsonNode> workflow, Map<String, JsonNode> search) {
    this.workflow = workflow;
    this.search = search;
  }

  /** Asks both, two seconds each at most. */
  static StatusBoards ask(URI workflow, URI search) {
    return new StatusBoards(capabilities(workflow), capabilities(search));
  }

  private static Map<String, JsonNode> capabilities(URI service) {
    var found = new LinkedHashMap<String, JsonNode>();
    try {
      var answer = Http.send(HttpRequest.newBuilder(service.resolve("/status")).timeout(LIMIT).build());
      if (answer.statusCode() == 200) for (var each : JsonMapper.shared().readTree(answer.body()).path("capabilities")) found.put(each.path("name").asString(), each);
    } catch (IOException | JacksonException e) {
      found.clear(); // says nothing, which is what is shown
    }
    return found;
  }

  /** @return whether both answer, and all that this version offers is up in both */
  boolean print(PrintWriter out) {
    if (workflow.isEmpty()) out.println("order-workflow-service does not answer");
    if (search.isEmpty()) out.println("order-search-service does not answer");
    var names = workflow.isEmpty() ? search.keySet() : workflow.keySet();
    if (!names.isEmpty()) out.printf("%-12s %-12s %-12s  %s%n", "capability", "by workflow", "by search", "to tell");
    for (var name : names) {
      out.printf("%-12s %-12s %-12s  %s%n", name, state(workflow, name), state(search, name), sentence(name));
    }
    out.flush();
    return !workflow.isEmpty() && !search.isEmpty() && names.stream().allMatch(name -> good(workflow.get(name)) && good(search.get(name)));
  }

  private static boolean good(JsonNode capability) {
    return capability != null && (capability.path("state").asString().equals("UP") || !capability.path("offered").asBoolean(true));
  }

  private static String state(Map<String, JsonNode> board, String name) {
    return Optional.ofNullable(board.get(name)).map(each -> each.path("state").asString()).orElse(SILENT).toUpperCase(Locale.ROOT);
  }

  /** One that is not well says more than one that is. */
  private String sentence(String name) {
    var first = workflow.getOrDefault(name, search.get(name));
    var second = search.getOrDefault(name, first);
    return (good(first) ? second : first).path("sentence").asString();
  }
}
