package shop.orders.localstack.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Which process listens where. All on the loopback address; no two the same. */
record PortPlan(Map<PortName, Integer> ports) {
  private static final int HIGHEST = 65_535;

  /** @throws Refused if a port is out of range or two are the same */
  PortPlan {
    ports = Map.copyOf(ports);
    ports.forEach((name, port) -> {
      if (port < 1 || port > HIGHEST) throw new Refused("port of " + name + " must be 1 to " + HIGHEST + ": " + port);
    });
    var names = ports.entrySet().stream()
        .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.mapping(each -> each.getKey().toString(), Collectors.toList())));
    names.forEach((port, shared) -> {
      if (shared.size() > 1) throw new Refused("port " + port + " is given to " + String.join(" and ", shared.stream().sorted().toList()));
    });
  }

  /** Options win over the environment, that over what an earlier {@code up} kept, that over the usual ports plus offset. */
  static PortPlan of(Map<PortName, Integer> options, int offset, Map<String, String> environment, Properties kept) {
    var ports = new EnumMap<PortName, Integer>(PortName.class);
    for (var name : PortName.values()) {
      var fromEnvironment = number(environment.get(name.environmentVariable()), name.environmentVariable());
      var fromKept = offset == 0 ? number(kept.getProperty("port." + name), "port." + name) : null;
      var port = options.get(name);
      if (port == null) port = fromEnvironment;
      if (port == null) port = fromKept;
      if (port == null) port = name.usual() + offset;
      ports.put(name, port);
    }
    return new PortPlan(ports);
  }

  int of(PortName name) {
    return ports.get(name);
  }

  String address(PortName name) {
    return "127.0.0.1:" + of(name);
  }

  Properties toProperties() {
    var properties = new Properties();
    ports.forEach((name, port) -> properties.setProperty("port." + name, Integer.toString(port)));
    return properties;
  }

  private static Integer number(String text, String where) {
    if (text == null || text.isBlank()) return null;
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new Refused(where + " is not a port: " + text);
    }
  }
}
