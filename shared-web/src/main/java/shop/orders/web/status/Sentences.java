package shop.orders.web.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What a support agent can read out, made from how everything stands. Pure. */
final class Sentences {
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Map<Capability, Standing> all;
  private final Instant now;

  /** @param all without what nothing is known of */
  Sentences(Map<Capability, Standing> all, Instant now) {
    this.all = all;
    this.now = now;
  }

  String of(Capability capability) {
    if (!capability.isOffered()) return capability.subject + (capability == Capability.HOOKS ? " are" : " is") + " not part of this version.";
    var standing = all.get(capability);
    if (standing == null || standing.state() == State.UNKNOWN) return capability.subject + ": not known yet, ask again in a minute.";
    var verb =
        switch (standing.state()) {
          case UP, UNKNOWN -> " works.";
          case DEGRADED -> " works only in part since " + since(standing);
          case STALLED -> " stands still, at least in part, since " + since(standing);
          case DOWN -> " is down since " + since(standing);
        };
    if (!standing.state().isBad()) return capability.subject + verb + independence(capability);
    return capability.subject + verb + ": " + standing.cause() + "." + others(capability);
  }

  /** What goes on although something else does not. */
  private String independence(Capability capability) {
    if (capability != Capability.WORKFLOW && capability != Capability.INTAKE && isBad(Capability.WORKFLOW)) {
      return " It shows orders as they are; " + troubled(Capability.WORKFLOW) + ", so some may not move on.";
    }
    return capability != Capability.SEARCH && isBad(Capability.SEARCH) ? " It does not need search, and " + troubled(Capability.SEARCH) + "." : "";
  }

  private String troubled(Capability capability) {
    var standing = all.get(capability);
    var verb =
        switch (standing.state()) {
          case STALLED -> " stands still";
          case DOWN -> " is down";
          default -> " works only in part";
        };
    return capability.subjectInside() + verb + " since " + since(standing);
  }

  private String others(Capability capability) {
    var bad = named(other -> other != capability && isBad(other));
    var well = named(other -> other != capability && all.containsKey(other) && all.get(other).state() == State.UP);
    var text = new StringBuilder();
    if (!bad.isEmpty()) text.append(" Also affected: ").append(listed(bad)).append('.');
    if (!well.isEmpty()) text.append(' ').append(capitalised(listed(well))).append(well.size() > 1 ? " are" : " is").append(" not affected.");
    return text.toString();
  }

  private static List<String> named(Predicate<Capability> which) {
    return Arrays.stream(Capability.values()).filter(Capability::isOffered).filter(which).map(Sentences::name).toList();
  }

  /** To a merchant. */
  private static String name(Capability capability) {
    return switch (capability) {
      case FEED -> "your ERP feed";
      case LOOKUP -> "orders by id";
      default -> capability.subjectInside();
    };
  }

  private boolean isBad(Capability capability) {
    return all.containsKey(capability) && all.get(capability).state().isBad();
  }

  private String since(Standing standing) {
    boolean today = standing.since().atZone(ZoneOffset.UTC).toLocalDate().equals(now.atZone(ZoneOffset.UTC).toLocalDate());
    return (today ? TODAY : EARLIER).format(standing.since());
  }

  private static String listed(List<String> names) {
    if (names.size() == 1) return names.get(0);
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
