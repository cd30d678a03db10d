package shop.orders.localstack.cli;

import java.io.PrintWriter;

/** What {@code up} says at the end: where things are and what to try. */
final class Summary {
  private Summary() {}

  static void print(PrintWriter out, Home home, Stack stack, DemoAccount account) {
    StatusCommand.print(out, stack);
    var env = home.root().relativize(home.demoEnv());
    out.println();
    account.environment().entrySet().stream().map(each -> "  " + each.getKey() + "=" + each.getValue()).sorted().forEach(out::println);
    out.println("  (in " + env + ")");
    out.println();
    out.println("Try:");
    out.println("  . " + env);
    var keys = " -H \"X-VTEX-API-AppKey: $OMS_APP_KEY\" -H \"X-VTEX-API-AppToken: $OMS_APP_TOKEN\"";
    out.println("  curl -s" + keys + " \"$OMS_URL/api/oms/pvt/orders?per_page=5\"");
    out.println("  curl -s" + keys + " \"$OMS_URL/api/oms/pvt/orders/ORDER-ID\"");
    out.println("  curl -s" + keys + " \"$OMS_URL/api/oms/pvt/orders?f_status=invoiced&orderBy=creationDate,desc\"");
    out.println();
    out.println("Logs: ./oms logs NAME [-f], files " + home.root().relativize(home.state()) + "/NAME/log. Stop: ./oms down. All commands: ./oms help");
    out.flush();
  }
}
