package shop.orders.web.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The board as a plain page: no script, nothing to load, colour never without the word. */
final class StatusPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #ddd}
      b{padding:.1rem .5rem;border-radius:.3rem;color:#fff}.UP{background:#17692f}.DEGRADED{background:#8a5a00}.STALLED{background:#a63a00}.DOWN{background:#a3141c}.UNKNOWN{background:#5b5b5b}
      small{color:#555}""";

  private StatusPage() {}

  static String of(StatusView view, HistoryView history) {
    var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"15\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\"><title>Status</title><style>").append(STYLE).append("</style></head><body><h1>Status</h1>\n");
    page.append("<p><small>Looked at ").append(time(view.lookedAt())).append(" by ").append(text(view.toldBy())).append("; times are UTC.</small></p>\n");
    page.append("<table><tr><th>Capability</th><th>State</th><th>Since</th><th>Objective</th><th>What to tell</th></tr>\n");
    for (var each : view.capabilities()) {
      row(page, text(each.name()), state(each.state()), time(each.since()), text(each.objective()), text(each.sentence()));
    }
    page.append("</table>\n<h2>Changes</h2>\n<table><tr><th>Since</th><th>Capability</th><th>State</th><th>What was told</th></tr>\n");
    for (var each : history.changes()) row(page, time(each.since()), text(each.capability()), state(each.state()), text(each.sentence()));
    return page.append("</table></body></html>\n").toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("<tr>");
    for (var cell : cells) page.append("<td>").append(cell).append("</td>");
    page.append("</tr>\n");
  }

  private static String state(State state) {
    return "<b class=\"" + state + "\">" + state + "</b>";
  }

  private static String time(@Nullable Instant at) {
    return at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", "");
  }

  private static String text(String text) {
    return HtmlUtils.htmlEscape(text);
  }
}
